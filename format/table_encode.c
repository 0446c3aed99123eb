/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a table; the runtime only reads them. */
#include "table.h"

#include <ms/abi/abi.h>

static void write_header(const struct table *t, uint32_t entry_count, uint32_t rule_count, uint32_t strings_size, struct writer *w)
{
	uint32_t strings_at = TABLE_HEADER_SIZE + entry_count * TABLE_ENTRY_SIZE + rule_count * TABLE_RULE_SIZE;

	write_u32(w, TABLE_MAGIC);
	write_u16(w, TABLE_HEADER_SIZE);
	write_u16(w, TABLE_ENTRY_SIZE);
	write_u16(w, (uint16_t)entry_count);
	write_u16(w, (uint16_t)rule_count);
	write_u32(w, strings_at + strings_size);
	write_u32(w, t->sequence);
	write_u16(w, t->key_epoch);
	write_u16(w, t->key_epoch_min);
	write_bytes(w, BYTES_OF(t->vendor));
	write_bytes(w, BYTES_OF(t->class_id));
	write_u16(w, t->abi_major);
	write_u16(w, t->abi_minor);
	write_u32(w, t->flash_base);
	write_u32(w, t->flash_size);
	write_u32(w, t->ram_base);
	write_u32(w, t->ram_size);
	write_u32(w, strings_at);
	write_u32(w, strings_size);
	write_u16(w, 0);	/* lifecycle mask */
	write_u16(w, t->policies);
	write_u64(w, 0);
}

/* What of an entry follows from the others. */
struct place { uint32_t rule_first, rule_count, name_at; };

static void write_entry(const struct table_entry *e, const struct place *p, struct writer *w)
{
	write_u32(w, e->id);
	write_u16(w, 0);
	write_u16(w, e->flags);
	write_u32(w, e->image_offset);
	write_u32(w, e->image_size);
	write_u32(w, e->ram_offset);
	write_u32(w, e->ram_extent);
	write_u32(w, e->stack_size);
	write_u32(w, e->heap_size);
	write_u8(w, e->version.major);
	write_u8(w, e->version.minor);
	write_u16(w, e->version.patch);
	write_u32(w, e->version.build);
	write_u32(w, e->security_counter);
	write_u8(w, e->priority);
	write_u8(w, e->ceiling);
	write_u16(w, e->quantum_msec);
	write_u8(w, e->restart);
	write_u8(w, e->restart_limit);
	write_u16(w, e->backoff_msec);
	write_u16(w, (uint16_t)p->rule_first);
	write_u16(w, (uint16_t)p->rule_count);
	write_u16(w, (uint16_t)p->name_at);
	write_u8(w, (uint8_t)e->name.size);
	write_u8(w, 1);		/* measurement type: application */
	write_u32(w, e->image_extent);
	write_bytes(w, (struct bytes){ e->sha256, 32 });
	write_bytes(w, (struct bytes){ e->signer, 32 });
}

/* The rules of a service: those from `first` on that bear its id. */
static uint32_t rules_of(uint32_t service, const struct table_rule *rules, uint32_t first, uint32_t count)
{
	uint32_t end = first;

	while (end < count && rules[end].service == service)
		end++;
	return end - first;
}

static uint32_t names_size(const struct table_entry *entries, uint32_t count)
{
	uint32_t size = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (!table_name_ok(entries[i].name))
			return UINT32_MAX;
		size += (uint32_t)entries[i].name.size;
	}
	return size;
}

void table_encode(const struct table *t, const struct table_entry *entries, uint32_t entry_count,
		  const struct table_rule *rules, uint32_t rule_count, struct writer *w)
{
	if (entry_count > TABLE_ENTRY_MAX || rule_count > TABLE_RULE_MAX || names_size(entries, entry_count) == UINT32_MAX) {
		w->failed = true;
		return;
	}

	write_header(t, entry_count, rule_count, names_size(entries, entry_count), w);
	struct place p = { 0 };
	for (uint32_t i = 0; i < entry_count; i++) {
		p.rule_count = rules_of(entries[i].id, rules, p.rule_first, rule_count);
		write_entry(&entries[i], &p, w);
		p.rule_first += p.rule_count;
		p.name_at += (uint32_t)entries[i].name.size;
	}
	for (uint32_t i = 0; i < rule_count; i++) {
		write_u32(w, rules[i].service);
		write_u32(w, rules[i].object);
		write_u32(w, rules[i].operations);
		write_u32(w, rules[i].argument);
	}
	for (uint32_t i = 0; i < entry_count; i++)
		write_bytes(w, entries[i].name);
}
