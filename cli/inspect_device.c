/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of what a device holds: provisioning sector, table, and the whole of its flash. */
#include "inspect.h"

#include <string.h>

#include "device_believe.h"
#include "out.h"
#include "uuid.h"

json_t *inspect_provision(struct bytes content, struct arena *a)
{
	json_t *keys = json_array();
	struct provision p;

	if (provision_decode(content, &p) < 0) {
		json_decref(keys);
		return json_pack("{s:s}", "problem", "it breaks a rule of docs/formats.md 6");
	}
	for (uint32_t i = 0; i < p.key_count; i++)
		json_array_append_new(keys, json_pack("{s:o, s:s, s:o}", "kid", fact_hex(p.keys[i].kid, COSE_KID_SIZE, a),
						      "role", p.keys[i].roles & PROVISION_INTEGRATOR ? "integrator" : "none",
						      "point", fact_hex(p.keys[i].point, COSE_POINT_SIZE, a)));
	return json_pack("{s:o, s:i, s:o}", "class", out_string(uuid_text(p.class_id, a)), "key_epoch", p.key_epoch, "keys", keys);
}

static const char *restart_name(uint8_t restart)
{
	return restart == TABLE_RESTART_REBOOT ? "reboot" : restart == TABLE_RESTART_FAILURE ? "failure" : "never";
}

/* What each event leads to, as product.yaml says it. */
static json_t *events(uint32_t policies)
{
	static const char *const word[] = { "record", "quarantine", "reset" };

	return json_pack("{s:s, s:s, s:s}", "fault", word[table_policy(policies, TABLE_EVENT_FAULT)],
			 "refused", word[table_policy(policies, TABLE_EVENT_REFUSED)],
			 "quarantine", word[table_policy(policies, TABLE_EVENT_STORM)]);
}

static json_t *entry_facts(const struct table_entry *e, struct arena *a)
{
	json_t *o = json_pack("{s:o, s:I, s:o, s:I, s:o}", "service", fact_text(e->name, a), "id", (json_int_t)e->id,
			      "version", fact_version(&e->version, a), "security_counter", (json_int_t)e->security_counter,
			      "flash_offset", fact_address(e->image_offset, a));

	json_object_update_new(o, json_pack("{s:I, s:I, s:o, s:I, s:I, s:I}", "image_size", (json_int_t)e->image_size,
					    "flash_extent", (json_int_t)e->image_extent, "ram_offset", fact_address(e->ram_offset, a),
					    "ram_extent", (json_int_t)e->ram_extent, "stack_size", (json_int_t)e->stack_size,
					    "heap_size", (json_int_t)e->heap_size));
	json_object_update_new(o, json_pack("{s:b, s:b, s:i, s:i, s:i}", "start", e->flags & TABLE_START, "fpu", e->flags & TABLE_FPU,
					    "priority", e->priority, "ceiling", e->ceiling, "quantum_msec", e->quantum_msec));
	json_object_update_new(o, json_pack("{s:s, s:i, s:i, s:o, s:o}", "restart", restart_name(e->restart),
					    "restart_limit", e->restart_limit, "backoff_msec", e->backoff_msec,
					    "sha256", fact_hex(e->sha256, 32, a), "signer", fact_hex(e->signer, 32, a)));
	return o;
}

static json_t *window(uint32_t base, uint32_t size, struct arena *a)
{
	return json_pack("{s:o, s:I}", "base", fact_address(base, a), "size", (json_int_t)size);
}

static json_t *table_facts(const struct table *t, struct arena *a)
{
	json_t *entries = json_array(), *rules = json_array();
	json_t *o = json_pack("{s:I, s:o, s:o, s:o, s:o, s:o}", "sequence", (json_int_t)t->sequence,
			      "vendor", out_string(uuid_text(t->vendor, a)), "class", out_string(uuid_text(t->class_id, a)),
			      "abi", json_string(arena_printf(a, "%u.%u", t->abi_major, t->abi_minor)),
			      "flash", window(t->flash_base, t->flash_size, a), "ram", window(t->ram_base, t->ram_size, a));
	json_object_set_new(o, "events", events(t->policies));

	for (uint32_t i = 0; i < t->entry_count; i++) {
		struct table_entry e;

		table_entry(t, i, &e);
		json_array_append_new(entries, entry_facts(&e, a));
	}
	for (uint32_t i = 0; i < t->rule_count; i++) {
		struct table_rule r;

		table_rule(t, i, &r);
		json_array_append_new(rules, json_pack("{s:I, s:o, s:o, s:o}", "service", (json_int_t)r.service, "object", fact_address(r.object, a),
						       "operations", fact_address(r.operations, a), "argument", fact_address(r.argument, a)));
	}
	json_object_set_new(o, "entries", entries);
	json_object_set_new(o, "rules", rules);
	return o;
}

/* Which memory protection the placements are for does not stand in a table: any will do. */
json_t *inspect_table(struct bytes content, struct arena *a)
{
	static const enum mpu_kind kinds[] = { MPU_V7, MPU_V8 };
	struct table t;
	uint32_t span;

	if (bytes_all(content, 0xff))
		return json_pack("{s:s}", "state", "blank");
	if (content.size > UINT32_MAX || table_span(content, (uint32_t)content.size, &span) < 0)
		return json_pack("{s:s}", "problem", "no table, or cut");

	json_t *o = NULL;
	for (size_t i = 0; !o && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (table_decode(bytes_part(content, 0, span - COSE_BLOCK_SIZE), kinds[i], &t) == MS_OK)
			o = table_facts(&t, a);
	if (!o)
		o = json_pack("{s:s}", "problem", "it breaks a rule of docs/formats.md 5");
	json_object_set_new(o, "size", json_integer((json_int_t)span));
	json_object_set_new(o, "signature", inspect_signature(bytes_part(content, span - COSE_BLOCK_SIZE, COSE_BLOCK_SIZE), a));
	return o;
}

json_t *inspect_device(struct bytes content, const struct board *b, struct arena *a)
{
	json_t *o = json_pack("{s:s, s:I, s:o}", "board", b->name, "size", (json_int_t)content.size,
			      "provisioning_sector", inspect_provision(device_part(content, b, BOARD_PROVISION), a));

	json_object_set_new(o, "table_a", inspect_table(device_part(content, b, BOARD_TABLE_A), a));
	json_object_set_new(o, "table_b", inspect_table(device_part(content, b, BOARD_TABLE_B), a));
	return o;
}
