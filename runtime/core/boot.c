/* SPDX-License-Identifier: Apache-2.0 */
#include "boot.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "capacity.h"
#include "crypto.h"
#include "endpoint.h"
#include "event.h"
#include "image.h"
#include "log.h"
#include "provision.h"
#include "table.h"
#include "target.h"

/*
 * All is decided twice, in two passes over the same flash.  The second tells and adds nothing: it confirms what the
 * first has added.  An entry is not known until the verdicts of all steps of both have gone into it: until then it is
 * sealed, and leads to no memory of a service.
 */
enum { TABLE_STEPS = 3, ENTRY_STEPS = 3, PASSES = 2 };
#define SEAL (VERDICT_YES * (PASSES * (TABLE_STEPS + ENTRY_STEPS) + SERVICE_CONFIRM_STEPS))

/* A table, and the sum of the steps that led to it. */
struct opened { struct table table; uint32_t steps; };

/* Refuse what `name` names, as the product may want: by a reset, unless that does not help. */
static void refuse(struct bytes name, const char *why)
{
	log_refused(name, why);
	event_keep(EVENT_REFUSED, NULL, NULL, event_policy(EVENT_REFUSED) == TABLE_POLICY_RESET ? EVENT_RESETS : 0);
}

static const char *const bank_name[] = { "table A", "table B" };

/* The signature of a kind over a payload, by a key that the device believes in for the role. */
static struct verdict verified(const struct provision *who, uint32_t role, const char *kind, struct bytes payload, struct bytes block)
{
	struct verdict verdict = { VERDICT_NO };
	uint8_t prefix[COSE_TBS_PREFIX_MAX];
	uint32_t hash[CRYPTO_HASH_WORDS];
	const uint8_t *kid;

	if (cose_check(block, kind, &kid) != MS_OK)
		return verdict;
	for (unsigned i = 0; i < who->key_count; i++) {
		const struct provision_key *k = &who->keys[i];

		if (!(k->roles & role) || !bytes_equal((struct bytes){ kid, COSE_KID_SIZE }, (struct bytes){ k->kid, COSE_KID_SIZE }))
			continue;
		size_t prefix_size = cose_tbs_prefix(prefix, block.at, (uint32_t)payload.size);

		board_watchdog_feed();
		crypto_sha256((struct bytes){ prefix, prefix_size }, payload, hash);
		verdict = crypto_p256_verify(block.at + COSE_SIGNATURE_AT, k->point, hash);
		break;
	}
	return verdict;
}

/* Is the table for this device: its class, its memory, its key epoch? */
static bool for_this_device(const struct table *t, const struct provision *who)
{
	struct board_window flash = board_flash_window(), ram = board_ram_window();

	return bytes_equal((struct bytes){ t->class_id, 16 }, (struct bytes){ who->class_id, 16 }) &&
	       t->key_epoch >= who->key_epoch &&
	       t->flash_base == flash.base && t->flash_size == flash.size &&
	       t->ram_base == ram.base && t->ram_size == ram.size;
}

/* NULL, or why the bank holds no table to run. */
static const char *open_bank(enum board_partition which, const struct provision *who, struct opened *out)
{
	struct bytes bank = board_partition(which);
	uint32_t span;

	if (table_span(bank, (uint32_t)bank.size, &span) != MS_OK)
		return "it holds no table";

	struct bytes raw = { bank.at, span - COSE_BLOCK_SIZE };

	out->steps = 0;
	if (!verdict_step(&out->steps, verified(who, PROVISION_INTEGRATOR, COSE_KIND_TABLE, raw,
						(struct bytes){ bank.at + raw.size, COSE_BLOCK_SIZE })))
		return "its signature is not by a key of this device";

	int rc = table_decode(raw, port_mpu(), &out->table);

	if (!verdict_step(&out->steps, verdict_of(rc == MS_OK)))
		return rc == -MS_EINCOMPATIBLE ? "it is for another ABI" : "it breaks a rule of the format";
	if (!verdict_step(&out->steps, verdict_of(for_this_device(&out->table, who))))
		return "it is for another device";
	return NULL;
}

/* The valid table of the highest sequence; false when there is none. */
static bool choose_table(const struct provision *who, bool again, struct opened *out)
{
	bool found = false;

	for (enum board_partition which = BOARD_TABLE_A; which <= BOARD_TABLE_B; which++) {
		struct opened t;
		const char *why = open_bank(which, who, &t);

		if (why) {
			if (!again && !bytes_all(bytes_part(board_partition(which), 0, 16), 0xff))
				refuse((struct bytes){ (const uint8_t *)bank_name[which - BOARD_TABLE_A], 7 }, why);
			continue;
		}
		if (!found || t.table.sequence > out->table.sequence)
			*out = t;
		found = true;
	}
	return found;
}

/* Does the image's own header agree with what the table gives it? NULL, or why not. */
static const char *check_image(const struct image *im, const struct table_entry *e)
{
	if (!target_runs(im->target, board_target))
		return "it is made for another target";
	if (im->image_size != e->image_size)
		return "its size is not what the table says";
	if (e->stack_size < im->stack_size || e->stack_size % 32 || e->heap_size < im->heap_size)
		return "the table gives it less stack or heap than it needs";
	if (e->stack_size > e->ram_extent || im->static_size > e->ram_extent - e->stack_size ||
	    e->heap_size > e->ram_extent - e->stack_size - im->static_size)
		return "its memory does not fit into what the table gives it";
	if ((im->flags & IMAGE_FLAG_FPU) && !(e->flags & TABLE_FPU))
		return "it needs the FPU and has no grant";
	return NULL;
}

static const struct table_rule *rules_of(const struct table *t)
{
	return (const struct table_rule *)(const void *)(t->raw.at + TABLE_HEADER_SIZE + t->entry_count * TABLE_ENTRY_SIZE);
}

static void make_plan(const struct table *t, const struct table_entry *e, const struct image *im, uint32_t steps, struct service_plan *out)
{
	uintptr_t image = t->flash_base + e->image_offset;

	*out = (struct service_plan){
		.name = e->name,
		.id = e->id,
		.image = image,
		.image_extent = e->image_extent,
		.text = image + IMAGE_HEADER_SIZE,
		.text_size = im->text_size,
		.entry = image + IMAGE_HEADER_SIZE + im->entry + (SEAL - steps),
		.ram = t->ram_base + e->ram_offset,
		.ram_extent = e->ram_extent,
		.stack_size = e->stack_size,
		.data_size = im->static_size + e->heap_size,
		.tls_offset = im->tls_offset,
		.priority = e->priority,
		.ceiling = e->ceiling,
		.restart = e->restart,
		.restart_limit = e->restart_limit,
		.quantum_msec = e->quantum_msec,
		.backoff_msec = e->backoff_msec,
		.start = e->flags & TABLE_START,
		.fpu = e->flags & TABLE_FPU,
		.rules = rules_of(t) + e->rule_first,
		.rule_count = e->rule_count,
	};
	for (unsigned i = 0; i < sizeof(out->image_hash); i++)
		out->image_hash[i] = e->sha256[i];
}

/* Hash first, then look inside.  NULL when it was added, or (again) confirmed; or why not. */
static const char *decide_entry(const struct opened *o, const struct table_entry *e, bool again)
{
	const struct table *t = &o->table;
	struct bytes image = { (const uint8_t *)(uintptr_t)(t->flash_base + e->image_offset), e->image_size };
	struct service_plan plan;
	struct image im;
	uint32_t steps = o->steps, hash[CRYPTO_HASH_WORDS];

	crypto_sha256(image, (struct bytes){ 0 }, hash);
	if (!verdict_step(&steps, verdict_same(hash, e->sha256, CRYPTO_HASH_WORDS)))
		return "its image is not what the table says";
	if (!verdict_step(&steps, verdict_of(image_decode(image, &im) == MS_OK)))
		return "its image has no valid header";

	const char *why = check_image(&im, e);

	if (!verdict_step(&steps, verdict_of(!why)))
		return why;
	make_plan(t, e, &im, steps, &plan);
	if (again) {
		service_confirm(&plan, steps);
		return NULL;
	}
	int rc = service_add(&plan);

	return rc == MS_OK ? NULL : rc == -MS_ENOMEM ? "there are too many services or endpoints" : "its devices are not its own";
}

static void pass(bool again)
{
	struct provision who;
	struct opened o;
	const char *nothing = provision_decode(board_partition(BOARD_PROVISION), &who) != MS_OK ? "not provisioned: nothing runs" :
			      !choose_table(&who, again, &o) ? "no valid table: nothing runs" : NULL;

	if (nothing) {
		if (!again)
			log_event(NULL, nothing);
		return;
	}
	event_set_policies(o.table.policies);
	/* Known they are even if their owners are refused: who calls them is told that nobody is there. */
	if (!again)
		endpoint_declare(rules_of(&o.table), o.table.rule_count, NULL);
	for (uint32_t i = 0; i < o.table.entry_count; i++) {
		struct table_entry e;

		board_watchdog_feed();
		table_entry(&o.table, i, &e);
		const char *why = decide_entry(&o, &e, again);

		if (why && !again)
			refuse(e.name, why);
	}
}

void boot(void)
{
	bool too_often = event_resets_too_often();

	for (int done = too_often ? PASSES : 0; done < PASSES; done++)
		pass(done);
	event_tell();
	if (too_often)
		log_event(NULL, "reset too often: nothing runs");
}
