/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <stdlib.h>
#include <string.h>

#include "target.h"
#include "interface.h"
#include "provision.h"
#include "rulebook.h"
#include "uuid.h"

void device_service_default(struct device_service *s)
{
	s->flags = TABLE_START;
	s->priority = 8;
	s->ceiling = 16;
	s->quantum_msec = 10;
	s->restart = TABLE_RESTART_FAILURE;
	s->restart_limit = 5;
	s->backoff_msec = 100;
}

static int read_header(struct device_service *s, struct err *e)
{
	if (s->described) {
		s->header = *s->described;
		return MS_OK;
	}
	int rc = image_decode(s->image, &s->header);
	if (rc == -MS_EFORMAT || (rc == MS_OK && s->header.image_size != s->image.size))
		return err_set(e, ERR_DAMAGED, "the image of '%s' is not a whole, well-formed image", s->name);
	if (rc < 0)
		return err_set(e, rc, "the image of '%s' is made for another ABI or target than this version knows", s->name);
	return MS_OK;
}

/* Does this service belong on this board? */
static int check_service(const struct device *d, struct device_service *s, struct err *e)
{
	const struct board *b = d->board;

	int rc = read_header(s, e);
	if (rc < 0)
		return rc;
	if (s->header.abi_minor > MS_ABI_MINOR) {
		err_set(e, ERR_WRONG_ABI, "'%s' needs ABI %u.%u, the runtime has %u.%u", s->name,
			s->header.abi_major, s->header.abi_minor, MS_ABI_MAJOR, MS_ABI_MINOR);
		return err_fix(e, "use a newer SDK");
	}
	if (!target_runs(s->header.target, b->target)) {
		err_set(e, ERR_WRONG_TARGET, "'%s' is made for %s, which does not run on %s (%s)", s->name,
			target_name(s->header.target), b->name, target_name(b->target));
		return err_fix(e, "build it for the target %s", target_name(b->target));
	}
	if (s->header.flags & IMAGE_FLAG_FPU && !(s->flags & TABLE_FPU)) {
		err_set(e, ERR_FPU_NOT_GRANTED, "'%s' needs the FPU, which it was not granted", s->name);
		return err_fix(e, "grant it, or build the service for a target without '-fp'");
	}
	return MS_OK;
}

static int check_services(struct device *d, struct err *e)
{
	if (d->service_count < 1 || d->service_count > TABLE_ENTRY_MAX)
		return err_set(e, ERR_SERVICE_COUNT, "a device runs 1 to %d services, not %u", TABLE_ENTRY_MAX, (unsigned)d->service_count);

	for (uint32_t i = 0; i < d->service_count; i++) {
		int rc = check_service(d, &d->services[i], e);
		if (rc < 0)
			return rc;
		for (uint32_t k = 0; k < i; k++)
			if (!strcmp(d->services[k].name, d->services[i].name))
				return err_set(e, ERR_SERVICE_TWICE, "two services have the name '%s'", d->services[i].name);
	}
	return MS_OK;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static int place_services(struct device *d, struct arena *a, struct err *e)
{
	struct layout_item *items = arena_array(a, struct layout_item, d->service_count + d->block_count);

	for (uint32_t i = 0; i < d->service_count; i++) {
		struct device_service *s = &d->services[i];

		items[i] = (struct layout_item){
			.name = s->name, .image_size = larger(s->header.image_size, s->flash_room), .ram_size = larger(image_ram_size(&s->header), s->ram_room),
			.flash_align = s->flash_room,
		};
	}
	for (uint32_t i = 0; i < d->block_count; i++)
		items[d->service_count + i] = (struct layout_item){
			.name = arena_string(a, d->blocks[i].what->name), .ram_size = d->blocks[i].what->number
		};
	int rc = layout_place(d->board, items, d->service_count + d->block_count, d->variant, a, e);
	if (rc < 0)
		return rc;

	for (uint32_t i = 0; i < d->service_count; i++) {
		d->services[i].at = items[i];
		d->services[i].at.flash.size = region_extent(d->board->mpu, d->services[i].header.image_size);
	}
	for (uint32_t i = 0; i < d->block_count; i++)
		d->blocks[i].at = items[d->service_count + i];
	return MS_OK;
}

struct bytes device_service_image(const struct device_service *s)
{
	return s->linked.size ? s->linked : s->image;
}

/* Parameters and the like: they lie in text, and no address is among them. */
static void keep_filled(struct device_service *s, struct bytes nominal, struct bytes linked)
{
	uint8_t *to = (uint8_t *)(uintptr_t)linked.at;

	for (size_t i = 0; i < linked.size; i++)
		if (s->image.at[i] != nominal.at[i])
			to[i] = s->image.at[i];
	s->linked = linked;
}

static int link_fixed(struct device *d, struct arena *a, struct err *e)
{
	struct bytes linked, nominal;
	int rc = MS_OK;

	for (struct device_service *s = d->services; rc >= 0 && s < d->services + d->service_count; s++) {
		if (!s->fixed.size)
			continue;
		s->place = (struct fixed_place){ s->at.flash.base + IMAGE_HEADER_SIZE, s->at.ram.base + s->header.stack_size };
		rc = fixed_link(s->fixed, s->name, d->fixed_script, &s->place, a, &linked, &nominal, e);
		if (rc >= 0)
			keep_filled(s, nominal, linked);
	}
	return rc;
}

static void fill_entry(const struct device *d, const struct device_service *s, uint8_t hash[32], struct table_entry *out)
{
	sha256(device_service_image(s), hash);
	*out = (struct table_entry){
		.id = s->id,
		.flags = s->flags,
		.image_offset = s->at.flash.base - d->board->part[BOARD_SERVICES].base,
		.image_size = s->header.image_size,
		.image_extent = s->at.flash.size,
		.ram_offset = s->at.ram.base - d->board->services_ram.base,
		.ram_extent = s->at.ram.size,
		.stack_size = s->header.stack_size,
		.heap_size = s->header.heap_size,
		.version = s->version,
		.security_counter = s->security_counter,
		.priority = s->priority,
		.ceiling = s->ceiling,
		.quantum_msec = s->quantum_msec,
		.restart = s->restart,
		.restart_limit = s->restart_limit,
		.backoff_msec = s->backoff_msec,
		.name = { (const uint8_t *)s->name, strlen(s->name) },
		.sha256 = hash,
		.signer = s->signer,
	};
}

/* 0: it takes no part in messages, and others do not know its number. */
static uint32_t number_of(const struct device_service *s)
{
	const struct manifest *m = s->manifest;

	return m && (m->provide_count || m->call_count) ? interface_service_id(m->component) : 0;
}

/* Where another service has the number that its component gives one, what was compiled of it (pid.h) would be wrong. */
static int check_id(const struct device *d, const struct device_service *s, struct err *e)
{
	uint32_t number = number_of(s);

	for (const struct device_service *o = d->services; number && o < d->services + d->service_count; o++) {
		if (o->id != number || o == s || (number_of(o) && !memcmp(o->manifest->component, s->manifest->component, UUID_SIZE)))
			continue;
		err_set(e, ERR_SERVICE_TWICE, "'%s' and '%s' have the same number for messages, 0x%08x", o->name, s->name, number);
		return err_fix(e, "it follows from vendor and name: rename one of the two services");
	}
	return MS_OK;
}

/* Others know a service that takes part in messages by a number of its own; two of the same kind have neighbouring ones. */
static int choose_ids(struct device *d, struct err *e)
{
	int rc = MS_OK;

	for (uint32_t i = 0; i < d->service_count; i++) {
		uint32_t number = number_of(&d->services[i]);

		d->services[i].id = number ? number : i + 1;
		for (uint32_t k = 0; k < i; k++)
			if (d->services[k].id == d->services[i].id) {
				d->services[i].id = d->services[i].id % INT32_MAX + 1;
				k = UINT32_MAX;		/* look at all again */
			}
	}
	for (uint32_t i = 0; i < d->service_count && rc >= 0; i++)
		rc = check_id(d, &d->services[i], e);
	return rc;
}

static int by_id(const void *left, const void *right)
{
	const struct table_entry *l = left, *r = right;

	return l->id < r->id ? -1 : l->id > r->id;
}

/* Nothing is granted by silence: what is undecided is refused, each by its name. */
static int refuse_undecided(const struct device *d, struct arena *a, struct err *e)
{
	const struct device_service *s = NULL;
	struct text all = { 0 }, fix = { 0 };

	for (size_t i = 0; i < d->talk.undecided.count; i++) {
		const struct device_request *r = d->talk.undecided.at[i];

		if (s == r->service) {
			text_add(&all, a, ", %s '%s'", r->kind, r->name);
			text_add(&fix, a, " %s", r->name);
			continue;
		}
		text_add(&all, a, "%s'%s' asks for %s '%s'", s ? "; " : "", r->service->name, r->kind, r->name);
		text_add(&fix, a, "%sms product grant %s %s", s ? "; " : "", r->service->name, r->name);
		s = r->service;
	}
	s = ((const struct device_request *)d->talk.undecided.at[0])->service;
	err_set(e, ERR_UNDECIDED, "%s: neither granted nor denied", all.at);
	err_fix(e, "%s (or list it in 'denies')", fix.at);
	return s->granted_at ? schema_err(s->granted_at, s->entry, e) : e->code;
}

static int make_rules(struct device *d, struct arena *a, struct rulebook *b, struct err *e)
{
	*b = (struct rulebook){ .at = arena_array(a, struct table_rule, TABLE_RULE_MAX) };
	int rc = rulebook_messages(d, b, a, &d->talk, e);

	if (rc >= 0)
		rc = rulebook_console(d, a, e);
	if (rc >= 0)
		rc = rulebook_devices(d, b, a, &d->talk, e);
	if (rc >= 0)
		rc = devtree_merge(d, b, a, &d->tree, e);
	if (rc >= 0)
		devtree_tell(&d->tree, b);
	if (rc >= 0)
		rc = rulebook_blocks(d, a, &d->talk, e);
	for (uint32_t i = 0; rc >= 0 && i < d->service_count; i++)
		rc = rulebook_denied(&d->services[i], a, e);
	return rc >= 0 && d->strict && d->talk.undecided.count ? refuse_undecided(d, a, e) : rc;
}

static void encode_table(const struct device *d, const struct rulebook *rules, struct arena *a, struct writer *w)
{
	struct table_entry *entries = arena_array(a, struct table_entry, d->service_count);
	const struct board *b = d->board;
	struct table t = {
		.sequence = d->sequence,
		.policies = d->policies,
		.abi_major = MS_ABI_MAJOR, .abi_minor = MS_ABI_MINOR,
		.flash_base = b->part[BOARD_SERVICES].base, .flash_size = b->part[BOARD_SERVICES].size,
		.ram_base = b->services_ram.base, .ram_size = b->services_ram.size,
	};

	uuid_of_vendor((struct bytes){ (const uint8_t *)d->vendor, strlen(d->vendor) }, t.vendor);
	uuid_of_board(b->name, t.class_id);
	for (uint32_t i = 0; i < d->service_count; i++)
		fill_entry(d, &d->services[i], arena_take(a, 32), &entries[i]);
	qsort(entries, d->service_count, sizeof(*entries), by_id);
	table_encode(&t, entries, d->service_count, rules->at, rules->count, w);
}

/* The table with its signature, read back by the runtime's own decoder before anything believes it. */
static int make_table(const struct device *d, const struct rulebook *rules, const struct key *integrator, struct arena *a, struct bytes *out, struct err *e)
{
	struct writer w = { .at = arena_take(a, TABLE_SIZE_MAX + COSE_BLOCK_SIZE), .size = TABLE_SIZE_MAX };
	uint32_t bank = d->board->part[BOARD_TABLE_A].size;
	struct table again;

	encode_table(d, rules, a, &w);
	if (w.failed || table_decode(writer_bytes(&w), d->board->mpu, &again) < 0)
		return err_set(e, ERR_DAMAGED, "the table of this device breaks a rule of its format");
	if (w.used + COSE_BLOCK_SIZE > bank)
		return err_set(e, ERR_TABLE_FULL, "the table needs %zu bytes, a bank on %s has %u",
			       w.used + COSE_BLOCK_SIZE, d->board->name, (unsigned)bank);

	int rc = key_sign(integrator, COSE_KIND_TABLE, writer_bytes(&w), w.at + w.used, e);
	if (rc < 0)
		return rc;

	*out = (struct bytes){ w.at, w.used + COSE_BLOCK_SIZE };
	return MS_OK;
}

/* That a device believes from the start. */
enum { KEYS = 1 };

static struct bytes make_provision(const struct device *d, const struct key *integrator, struct arena *a)
{
	struct writer w = { .at = arena_take(a, PROVISION_SIZE_MAX), .size = PROVISION_SIZE_MAX };
	const struct key_public *k = key_public_of(integrator);
	uint8_t class_id[UUID_SIZE];
	struct provision p = {
		.key_count = KEYS, .class_id = class_id,
		.keys = { { .kid = k->kid, .roles = PROVISION_INTEGRATOR, .point = k->point } },
	};

	uuid_of_board(d->board->name, class_id);
	provision_encode(&p, &w);
	return writer_bytes(&w);
}

/* Where the flash ends that is in use: behind the last service, and behind every other part whole. */
static uint32_t used_end(const struct device *d)
{
	uint32_t end = d->board->part[BOARD_SERVICES].base;

	for (int i = 0; i < BOARD_SERVICES; i++) {
		uint32_t part_end = d->board->part[i].base + d->board->part[i].size;

		if (part_end > end)
			end = part_end;
	}
	for (uint32_t i = 0; i < d->service_count; i++) {
		uint32_t service_end = d->services[i].at.flash.base + d->services[i].at.flash.size;

		if (service_end > end)
			end = service_end;
	}
	return end;
}

static void put(const struct device *d, uint8_t *flash, uint32_t base, struct bytes content)
{
	memcpy(flash + (base - d->board->flash.base), content.at, content.size);
}

static struct bytes assemble(const struct device *d, struct bytes table, struct bytes provision, struct arena *a)
{
	const struct board *b = d->board;
	struct bytes out = { .size = used_end(d) - b->flash.base };
	uint8_t *flash = arena_take(a, out.size);
	memset(flash, 0xff, out.size);
	put(d, flash, b->part[BOARD_RUNTIME].base, d->runtime);
	put(d, flash, b->part[BOARD_PROVISION].base, provision);
	put(d, flash, b->part[BOARD_TABLE_A].base, table);
	for (uint32_t i = 0; i < d->service_count; i++)
		put(d, flash, d->services[i].at.flash.base, device_service_image(&d->services[i]));
	out.at = flash;
	return out;
}

/* What encode_table will make of it, and the signature. */
static uint32_t table_size(const struct device *d, const struct rulebook *rules)
{
	uint32_t size = TABLE_HEADER_SIZE + d->service_count * TABLE_ENTRY_SIZE + rules->count * TABLE_RULE_SIZE + COSE_BLOCK_SIZE;

	for (uint32_t i = 0; i < d->service_count; i++)
		size += (uint32_t)strlen(d->services[i].name);
	return size;
}

/* All that can be decided without a key. */
static int decide(struct device *d, struct arena *a, struct rulebook *rules, struct err *e)
{
	uint32_t room = d->board->part[BOARD_RUNTIME].size;

	if (d->runtime.size > room)
		return err_set(e, ERR_NO_ROOM, "the runtime has %zu bytes, %s has room for %u", d->runtime.size, d->board->name, (unsigned)room);
	int rc = check_services(d, e);
	if (rc < 0)
		return rc;
	rc = choose_ids(d, e);
	if (rc >= 0)
		rc = make_rules(d, a, rules, e);
	if (rc < 0)
		return rc;
	rc = place_services(d, a, e);
	if (rc >= 0)
		rc = rulebook_shared(d, rules, e);
	rulebook_sort(rules);
	d->rule_count = rules->count;
	d->table_size = table_size(d, rules);
	d->provision_size = PROVISION_HEADER_SIZE + KEYS * PROVISION_KEY_SIZE;
	return rc;
}

int device_check(struct device *d, struct arena *a, struct err *e)
{
	struct rulebook rules;

	return decide(d, a, &rules, e);
}

int device_build(struct device *d, const struct key *integrator, struct arena *a, struct bytes *flash, struct err *e)
{
	struct bytes table = { 0 };
	struct rulebook rules;

	int rc = decide(d, a, &rules, e);
	if (rc >= 0)
		rc = link_fixed(d, a, e);
	if (rc >= 0)
		rc = make_table(d, &rules, integrator, a, &table, e);
	if (rc < 0)
		return rc;

	d->table = bytes_part(table, 0, table.size - COSE_BLOCK_SIZE);
	*flash = assemble(d, table, make_provision(d, integrator, a), a);
	return MS_OK;
}
