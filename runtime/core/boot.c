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

/* Refuse what `name` names, as the product may want: by a reset, unless that does not help. */
static void refuse(struct bytes name, const char *why)
{
	log_refused(name, why);
	event_keep(EVENT_REFUSED, NULL, NULL, event_policy(EVENT_REFUSED) == TABLE_POLICY_RESET ? EVENT_RESETS : 0);
}

static const char *const bank_name[] = { "table A", "table B" };

/* The signature of a kind over a payload, by a key that the device believes in for the role. */
static bool verified(const struct provision *who, uint32_t role, const char *kind, struct bytes payload, struct bytes block)
{
	uint8_t prefix[COSE_TBS_PREFIX_MAX], hash[32];
	const uint8_t *kid;

	if (cose_check(block, kind, &kid) != MS_OK)
		return false;
	for (unsigned i = 0; i < who->key_count; i++) {
		const struct provision_key *k = &who->keys[i];

		if (!(k->roles & role) || !bytes_equal((struct bytes){ kid, COSE_KID_SIZE }, (struct bytes){ k->kid, COSE_KID_SIZE }))
			continue;
		size_t prefix_size = cose_tbs_prefix(prefix, block.at, (uint32_t)payload.size);

		crypto_sha256((struct bytes){ prefix, prefix_size }, payload, hash);
		if (crypto_p256_verify(block.at + COSE_SIGNATURE_AT, k->point, hash))
			return true;
	}
	return false;
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
static const char *open_bank(enum board_partition which, const struct provision *who, struct table *out)
{
	struct bytes bank = board_partition(which);
	uint32_t span;

	if (table_span(bank, (uint32_t)bank.size, &span) != MS_OK)
		return "it holds no table";

	struct bytes raw = { bank.at, span - COSE_BLOCK_SIZE };

	if (!verified(who, PROVISION_INTEGRATOR, COSE_KIND_TABLE, raw, (struct bytes){ bank.at + raw.size, COSE_BLOCK_SIZE }))
		return "its signature is not by a key of this device";

	int rc = table_decode(raw, port_mpu(), out);

	if (rc == -MS_EINCOMPATIBLE)
		return "it is for another ABI";
	if (rc != MS_OK)
		return "it breaks a rule of the format";
	if (!for_this_device(out, who))
		return "it is for another device";
	return NULL;
}

/* The valid table of the highest sequence; false when there is none. */
static bool choose_table(const struct provision *who, struct table *out)
{
	bool found = false;

	for (enum board_partition which = BOARD_TABLE_A; which <= BOARD_TABLE_B; which++) {
		struct table t;
		const char *why = open_bank(which, who, &t);

		if (why) {
			if (!bytes_all(bytes_part(board_partition(which), 0, 16), 0xff))
				refuse((struct bytes){ (const uint8_t *)bank_name[which - BOARD_TABLE_A], 7 }, why);
			continue;
		}
		if (!found || t.sequence > out->sequence)
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

static void make_plan(const struct table *t, const struct table_entry *e, const struct image *im, struct service_plan *out)
{
	uintptr_t image = t->flash_base + e->image_offset;

	*out = (struct service_plan){
		.name = e->name,
		.id = e->id,
		.image = image,
		.image_extent = e->image_extent,
		.text = image + IMAGE_HEADER_SIZE,
		.text_size = im->text_size,
		.entry = image + IMAGE_HEADER_SIZE + im->entry,
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

/* Hash first, then look inside. NULL when it was added, or why not. */
static const char *add_entry(const struct table *t, const struct table_entry *e)
{
	struct bytes image = { (const uint8_t *)(uintptr_t)(t->flash_base + e->image_offset), e->image_size };
	struct service_plan plan;
	struct image im;
	uint8_t hash[32];

	crypto_sha256(image, (struct bytes){ 0 }, hash);
	if (!bytes_equal((struct bytes){ hash, 32 }, (struct bytes){ e->sha256, 32 }))
		return "its image is not what the table says";
	if (image_decode(image, &im) != MS_OK)
		return "its image has no valid header";

	const char *why = check_image(&im, e);

	if (why)
		return why;
	make_plan(t, e, &im, &plan);
	int rc = service_add(&plan);

	return rc == MS_OK ? NULL : rc == -MS_ENOMEM ? "there are too many services or endpoints" : "its devices are not its own";
}

static void start_from_flash(void)
{
	struct provision who;
	struct table t;

	if (provision_decode(board_partition(BOARD_PROVISION), &who) != MS_OK) {
		log_event(NULL, "not provisioned: nothing runs");
		return;
	}
	if (!choose_table(&who, &t)) {
		log_event(NULL, "no valid table: nothing runs");
		return;
	}
	event_set_policies(t.policies);
	/* Known they are even if their owners are refused: who calls them is told that nobody is there. */
	endpoint_declare(rules_of(&t), t.rule_count, NULL);
	for (uint32_t i = 0; i < t.entry_count; i++) {
		struct table_entry e;

		board_watchdog_feed();
		table_entry(&t, i, &e);
		const char *why = add_entry(&t, &e);

		if (why)
			refuse(e.name, why);
	}
}

void boot(void)
{
	bool too_often = event_resets_too_often();

	if (!too_often)
		start_from_flash();
	event_tell();
	if (too_often)
		log_event(NULL, "reset too often: nothing runs");
}
