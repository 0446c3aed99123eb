/* SPDX-License-Identifier: Apache-2.0 */
/* A byte for the protection, then a table: what is read is written the same, and no two services share memory. */
#include "fuzz.h"
#include "table.h"

static void must_be_apart(const struct table *t)
{
	for (uint32_t i = 0; i < t->entry_count; i++) {
		for (uint32_t k = 0; k < i; k++) {
			struct table_entry a, b;

			table_entry(t, i, &a);
			table_entry(t, k, &b);
			must(a.image_offset >= b.image_offset + b.image_extent || b.image_offset >= a.image_offset + a.image_extent);
			must(a.ram_offset >= b.ram_offset + b.ram_extent || b.ram_offset >= a.ram_offset + a.ram_extent);
			must(!bytes_equal(a.name, b.name));
		}
	}
}

static void must_be_written_the_same(const struct table *t)
{
	static struct table_entry entry[TABLE_ENTRY_MAX];
	static struct table_rule rule[TABLE_RULE_MAX];
	static uint8_t again[TABLE_SIZE_MAX];
	struct writer w = { .at = again, .size = sizeof(again) };

	for (uint32_t i = 0; i < t->entry_count; i++)
		table_entry(t, i, &entry[i]);
	for (uint32_t i = 0; i < t->rule_count; i++)
		table_rule(t, i, &rule[i]);
	table_encode(t, entry, t->entry_count, rule, t->rule_count, &w);
	must(bytes_equal(writer_bytes(&w), t->raw));
}

FUZZ(in)
{
	struct reader r = { .left = in };
	enum mpu_kind kind = (enum mpu_kind)(read_u8(&r) % 3);
	struct table t;
	uint32_t span = 0;

	int spans = table_span(r.left, UINT32_MAX, &span);
	if (table_decode(r.left, kind, &t) < 0)
		return;
	must(spans == MS_OK && span == t.total_size + 96);
	must_be_apart(&t);
	must_be_written_the_same(&t);
}
