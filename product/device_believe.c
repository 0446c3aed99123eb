/* SPDX-License-Identifier: Apache-2.0 */
#include "device_believe.h"

#include <string.h>

#include "device.h"
#include "device_rights.h"
#include "target.h"
#include "uuid.h"

struct verify {
	struct bytes flash;
	const char *path;
	const struct board *board;
	const struct believer *by;
	struct arena *a;
	struct device_report *r;
	struct err *e;
};

static int refuse(const struct verify *v, const char *what, int code, const char *text)
{
	find_add(&v->r->findings, what, code, text);
	return err_set(v->e, code, "'%s' is refused: %s", v->path, text);
}

struct bytes device_part(struct bytes flash, const struct board *b, enum board_part part)
{
	return bytes_part(flash, b->part[part].base - b->flash.base, b->part[part].size);
}

struct bytes device_image(struct bytes flash, const struct board *b, const struct table_entry *entry)
{
	return bytes_part(device_part(flash, b, BOARD_SERVICES), entry->image_offset, entry->image_size);
}

static bool read_provision(struct bytes flash, const struct board *b, struct provision *out)
{
	uint8_t class_id[UUID_SIZE];

	uuid_of_board(b->name, class_id);
	return provision_decode(device_part(flash, b, BOARD_PROVISION), out) == MS_OK &&
	       !memcmp(out->class_id, class_id, sizeof(class_id));
}

bool device_is_for(struct bytes flash, const struct board *b)
{
	struct provision p;

	return read_provision(flash, b, &p);
}

static int check_provision(const struct verify *v)
{
	if (!read_provision(v->flash, v->board, &v->r->provision))
		return refuse(v, "provisioning sector", -MS_EINCOMPATIBLE,
			      arena_printf(v->a, "its provisioning sector is not one of a %s", v->board->name));
	return find_add(&v->r->findings, "provisioning sector", MS_OK,
			arena_printf(v->a, "for %s, %u key%s", v->board->name, v->r->provision.key_count,
				     v->r->provision.key_count == 1 ? "" : "s"));
}

/* The provisioned key that signed a table, or NULL. */
static const struct provision_key *signer_of(const struct provision *p, struct bytes table, struct bytes block)
{
	const uint8_t *kid;

	if (cose_check(block, COSE_KIND_TABLE, &kid) < 0)
		return NULL;
	for (uint32_t i = 0; i < p->key_count; i++) {
		struct key_public k;

		key_public_from_point(&k, p->keys[i].point);
		if ((p->keys[i].roles & PROVISION_INTEGRATOR) && !memcmp(p->keys[i].kid, kid, COSE_KID_SIZE) &&
		    key_verify(&k, COSE_KIND_TABLE, table, block) == MS_OK)
			return &p->keys[i];
	}
	return NULL;
}

/* A bank whose table is signed by a provisioned key and keeps the rules: its key, or NULL. */
static const struct provision_key *read_bank(const struct verify *v, enum board_part bank, struct table *out)
{
	struct bytes raw = device_part(v->flash, v->board, bank);
	const char *what = arena_printf(v->a, "bank %s", board_part_name(bank));
	uint32_t span;

	if (bytes_all(raw, 0xff)) {
		find_add(&v->r->findings, what, MS_OK, "blank");
		return NULL;
	}
	if (table_span(raw, (uint32_t)raw.size, &span) < 0) {
		find_add(&v->r->findings, what, -MS_ESIGNATURE, "holds no table");
		return NULL;
	}
	struct bytes table = bytes_part(raw, 0, span - COSE_BLOCK_SIZE), block = bytes_part(raw, table.size, COSE_BLOCK_SIZE);
	const struct provision_key *k = signer_of(&v->r->provision, table, block);
	if (!k) {
		find_add(&v->r->findings, what, -MS_ESIGNATURE, "its table is not signed by a key that is provisioned");
		return NULL;
	}
	int rc = table_decode(table, v->board->mpu, out);
	if (rc < 0) {
		find_add(&v->r->findings, what, rc == -MS_EINCOMPATIBLE ? rc : -MS_ESIGNATURE,
			 rc == -MS_EINCOMPATIBLE ? "its table is for another ABI" : "its table breaks a rule of docs/formats.md 5");
		return NULL;
	}
	find_add(&v->r->findings, what, MS_OK, arena_printf(v->a, "sequence %u, signed by key %s", (unsigned)out->sequence, key_kid_text(k->kid, v->a)));
	return k;
}

/* No table that would be believed: damaged or somebody else's, unless one is good and for another ABI. */
static int refuse_banks(const struct verify *v)
{
	for (uint32_t i = 0; i < v->r->findings.count; i++)
		if (v->r->findings.at[i].code == -MS_EINCOMPATIBLE)
			return refuse(v, "table", -MS_EINCOMPATIBLE, v->r->findings.at[i].text);
	return refuse(v, "table", -MS_ESIGNATURE, "it has no table that the device would believe");
}

/* The valid bank with the higher sequence, as the runtime chooses. */
static int choose_bank(const struct verify *v, const struct provision_key **key)
{
	struct device_report *r = v->r;

	*key = NULL;
	for (enum board_part bank = BOARD_TABLE_A; bank <= BOARD_TABLE_B; bank++) {
		struct table t;
		const struct provision_key *k = read_bank(v, bank, &t);

		if (!k || (*key && t.sequence <= r->table.sequence))
			continue;
		*key = k;
		r->table = t;
		r->bank = bank;
	}
	return *key ? MS_OK : refuse_banks(v);
}

/* The device believes the key; do we? */
static int check_integrator(const struct verify *v, const struct provision_key *k)
{
	struct device_report *r = v->r;
	const char *kid = key_kid_text(k->kid, v->a);

	memcpy(r->kid, k->kid, COSE_KID_SIZE);
	if (!v->by->find(v->by->context, k->kid, TRUST_INTEGRATOR, &r->by) || memcmp(r->by.key.point, k->point, COSE_POINT_SIZE)) {
		if (r->by.revoked)
			return refuse(v, "integrator", -MS_ESIGNATURE, r->by.revoked);
		refuse(v, "integrator", -MS_ESIGNATURE,
		       arena_printf(v->a, "its table is signed by key %s, which the device believes but which is not trusted here", kid));
		return err_fix(v->e, "get the integrator's public key from a source you believe, then 'ms key trust FILE', or give it with --key");
	}
	return find_add(&r->findings, "integrator", MS_OK, arena_printf(v->a, "key %s (%s)", kid, r->by.label));
}

static int check_table(const struct verify *v)
{
	const struct board *b = v->board;
	const struct table *t = &v->r->table;
	const struct board_window *flash = &b->part[BOARD_SERVICES], *ram = &b->services_ram;
	uint8_t class_id[UUID_SIZE];

	uuid_of_board(b->name, class_id);
	if (memcmp(t->class_id, class_id, sizeof(class_id)))
		return refuse(v, "table", -MS_EINCOMPATIBLE, "its table is for another kind of board than its provisioning sector");
	if (t->flash_base != flash->base || t->flash_size != flash->size || t->ram_base != ram->base || t->ram_size != ram->size)
		return refuse(v, "table", -MS_EINCOMPATIBLE, arena_printf(v->a, "its table has other windows for services than %s", b->name));
	if (t->key_epoch < v->r->provision.key_epoch)
		return refuse(v, "table", -MS_ESIGNATURE, arena_printf(v->a, "its table is of key epoch %u, and the device takes none below %u", t->key_epoch,
								       v->r->provision.key_epoch));
	const char *why = device_rights(b, t, v->a);

	if (why)
		return refuse(v, "table", -MS_EINCOMPATIBLE, why);
	return find_add(&v->r->findings, "table", MS_OK, arena_printf(v->a, "%u service%s", t->entry_count, t->entry_count == 1 ? "" : "s"));
}

static int check_image(const struct verify *v, const struct table_entry *t)
{
	struct bytes image = device_image(v->flash, v->board, t);
	const char *name = arena_string(v->a, t->name), *what = arena_printf(v->a, "service %s", name);
	struct image im;
	uint8_t hash[32];

	sha256(image, hash);
	if (image.size != t->image_size || memcmp(hash, t->sha256, sizeof(hash)))
		return refuse(v, what, -MS_ESIGNATURE, arena_printf(v->a, "the image of '%s' is not the one in the table: its SHA-256 differs", name));
	if (image_decode(image, &im) < 0 || im.image_size != image.size)
		return refuse(v, what, -MS_EINCOMPATIBLE, arena_printf(v->a, "the image of '%s' is not one that this version knows", name));
	if (!target_runs(im.target, v->board->target))
		return refuse(v, what, -MS_EINCOMPATIBLE, arena_printf(v->a, "the image of '%s' is for %s, which does not run on %s", name,
									target_name(im.target), v->board->name));
	if (im.stack_size != t->stack_size || im.heap_size != t->heap_size || image_ram_size(&im) > t->ram_extent)
		return refuse(v, what, -MS_ESIGNATURE, arena_printf(v->a, "the table gives '%s' other memory than its image asks for", name));
	if (im.flags & IMAGE_FLAG_FPU && !(t->flags & TABLE_FPU))
		return refuse(v, what, -MS_ESIGNATURE, arena_printf(v->a, "the image of '%s' needs the FPU, and the table grants it none", name));
	return find_add(&v->r->findings, what, MS_OK, arena_printf(v->a, "%u.%u.%u, image as in the table, by key %s", t->version.major,
								   t->version.minor, t->version.patch, key_kid_text(t->signer, v->a)));
}

int device_believe(struct bytes flash, const char *path, const struct board *b, const struct believer *by,
		   struct arena *a, struct device_report *out, struct err *e)
{
	struct verify v = { flash, path, b, by, a, out, e };
	const struct provision_key *key;

	memset(out, 0, sizeof(*out));
	int rc = check_provision(&v);
	if (rc == MS_OK)
		rc = choose_bank(&v, &key);
	if (rc == MS_OK)
		rc = check_integrator(&v, key);
	if (rc == MS_OK)
		rc = check_table(&v);
	for (uint32_t i = 0; rc == MS_OK && i < out->table.entry_count; i++) {
		struct table_entry entry;

		table_entry(&out->table, i, &entry);
		rc = check_image(&v, &entry);
	}
	return rc;
}
