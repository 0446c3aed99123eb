/* SPDX-License-Identifier: Apache-2.0 */
#include "table_sample.h"

/* What a decoded table says, as the numbers to write one. */
static void numbers_of(const struct table *t, struct sample *out)
{
	out->table = *t;
	out->entry_count = t->entry_count;
	out->rule_count = t->rule_count;
	for (uint32_t i = 0; i < t->entry_count; i++)
		table_entry(t, i, &out->entry[i]);
	for (uint32_t i = 0; i < t->rule_count; i++)
		table_rule(t, i, &out->rule[i]);
}

static enum verdict verdict(struct bytes in)
{
	static struct sample s;
	struct table t;
	int rc = table_decode(in, MPU_V7, &t);

	if (rc == MS_OK)
		numbers_of(&t, &s);
	return verdict_of(rc, in, rc == MS_OK ? encoded(&s) : in);
}

static void a_table_has_exactly_these_bytes(void **state)
{
	(void)state;
	struct sample s;

	sample_init(&s);
	assert_golden(encoded(&s), "table.hex");
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	struct sample s;
	struct table t;
	struct table_entry e;
	struct table_rule r;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	assert_int_equal(table_decode(raw, MPU_V7, &t), MS_OK);
	assert_int_equal(t.sequence, 42);
	assert_int_equal(t.key_epoch, 2);
	assert_int_equal(t.key_epoch_min, 1);
	assert_memory_equal(t.vendor, s.table.vendor, 16);
	assert_memory_equal(t.class_id, s.table.class_id, 16);
	assert_int_equal(t.total_size, raw.size);
	assert_int_equal(t.flash_base, 0x40000);
	assert_int_equal(t.ram_size, 0x10000);

	table_entry(&t, 1, &e);
	assert_int_equal(e.id, 0x2002);
	assert_int_equal(e.flags, TABLE_START | TABLE_FPU);
	assert_int_equal(e.image_extent, 0x1000);
	assert_int_equal(e.quantum_msec, 1000);
	assert_int_equal(e.rule_first, 2);
	assert_int_equal(e.rule_count, 1);
	assert_true(bytes_equal(e.name, BYTES_LITERAL("counter-2")));
	assert_memory_equal(e.signer, sample_signer, 32);
	table_rule(&t, 2, &r);
	assert_memory_equal(&r, &s.rule[2], sizeof(r));
}

static void a_table_of_another_size_is_refused(void **state)
{
	(void)state;
	static struct sample s;
	uint8_t longer[1024] = { 0 };
	struct table t;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	memcpy(longer, raw.at, raw.size);
	assert_int_equal(table_decode((struct bytes){ longer, raw.size + 1 }, MPU_V7, &t), -MS_EFORMAT);
	every_cut_is_refused((struct bytes){ longer, raw.size }, verdict);
}

static void a_flipped_table_is_refused_or_another(void **state)
{
	(void)state;
	static struct sample s;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	uint8_t *copy = exact_copy(raw);
	assert_true(every_flip_is_refused_or_canonical((struct bytes){ copy, raw.size }, verdict) > 8 * 100);
	free(copy);
}

static void a_refused_table_leaves_the_result_alone(void **state)
{
	(void)state;
	static struct sample s;
	struct table t = { .sequence = 7 };

	sample_init(&s);
	s.entry[1].id = 0;
	assert_int_equal(table_decode(encoded(&s), MPU_V7, &t), -MS_EFORMAT);
	assert_int_equal(t.sequence, 7);
}

static void the_header_is_fixed_where_the_format_says(void **state)
{
	(void)state;
	assert_int_equal(patched(0, 4, TABLE_MAGIC), MS_OK);
	assert_int_equal(patched(0, 4, TABLE_MAGIC + 1), -MS_EFORMAT);
	assert_int_equal(patched(4, 2, 95), -MS_EFORMAT);
	assert_int_equal(patched(6, 2, 129), -MS_EFORMAT);
	for (size_t at = 84; at < 96; at++)
		assert_int_equal(patched(at, 1, 1), at == 86 ? MS_OK : -MS_EFORMAT);
	assert_int_equal(patched(96 + 4, 2, 1), -MS_EFORMAT);
	assert_int_equal(patched(96 + 59, 1, 0), -MS_EFORMAT);
	assert_int_equal(patched(96 + 59, 1, 2), -MS_EFORMAT);
	CHANGED(-MS_EINCOMPATIBLE, s.table.abi_major = 2);
	CHANGED(-MS_EINCOMPATIBLE, s.table.abi_major = 0);
	ALLOWED(s.table.abi_minor = 9);
	ALLOWED(s.table.key_epoch_min = s.table.key_epoch);
	CHANGED(-MS_EFORMAT, s.table.key_epoch_min = s.table.key_epoch + 1);	/* it would shut itself out */
}

/* Two bits for each event; only a fault has a service to quarantine. */
static void policies_are_those_that_an_event_can_have(void **state)
{
	unsigned allowed = 0;
	(void)state;

	for (uint32_t policies = 0; policies <= UINT16_MAX; policies++)
		allowed += patched(86, 2, policies) == MS_OK;
	assert_int_equal(allowed, 3 * 2 * 2);
	assert_int_equal(patched(86, 2, 2 | 2 << 2 | 2 << 4), MS_OK);
	assert_int_equal(patched(86, 2, 1 << 2), -MS_EFORMAT);
}

/* Counts and sizes that would wrap around in 16 or 32 bits, or are off by one. */
static void counts_and_sizes_agree(void **state)
{
	(void)state;
	enum { TOTAL = 96 + 2 * 128 + 3 * 16 + 14 };

	assert_int_equal(patched(12, 4, TOTAL), MS_OK);
	assert_int_equal(patched(12, 4, TOTAL - 1), -MS_EFORMAT);
	assert_int_equal(patched(12, 4, TOTAL + 1), -MS_EFORMAT);
	assert_int_equal(patched(12, 4, UINT32_MAX), -MS_EFORMAT);
	assert_int_equal(patched(12, 4, 0), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, 0), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, 1), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, 3), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, 65), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, 0x2000002 >> 9), -MS_EFORMAT);
	assert_int_equal(patched(8, 2, UINT16_MAX), -MS_EFORMAT);
	assert_int_equal(patched(10, 2, 2), -MS_EFORMAT);
	assert_int_equal(patched(10, 2, 1025), -MS_EFORMAT);
	assert_int_equal(patched(10, 2, UINT16_MAX), -MS_EFORMAT);
	assert_int_equal(patched(76, 4, TOTAL - 15), -MS_EFORMAT);
	assert_int_equal(patched(76, 4, TOTAL - 13), -MS_EFORMAT);
	assert_int_equal(patched(80, 4, 13), -MS_EFORMAT);
	assert_int_equal(patched(80, 4, 15), -MS_EFORMAT);
	assert_int_equal(patched(80, 4, UINT32_MAX), -MS_EFORMAT);
}

static void windows_end_in_memory_and_are_apart(void **state)
{
	(void)state;
	REFUSED_WITH(s.table.flash_base = 0xffff0000);
	REFUSED_WITH(s.table.ram_base = 0xffff8000);
	REFUSED_WITH(s.table.ram_base = s.table.flash_base);
	REFUSED_WITH(s.table.ram_base = s.table.flash_base + 0x3ff00);
	REFUSED_WITH(s.table.ram_base = s.table.flash_base - 0xff00);
	ALLOWED(s.table.ram_base = s.table.flash_base + 0x40000);
	ALLOWED(s.table.ram_base = s.table.flash_base - 0x10000);
	REFUSED_WITH(s.table.flash_size = UINT32_MAX);
	ALLOWED((s.table.flash_base = 0xfffc0000, s.table.flash_size = 0x3ffff));
	REFUSED_WITH((s.table.flash_base = 0xfffc0000, s.table.flash_size = 0x40000));
	ALLOWED((s.table.ram_base = 0xffff0000, s.table.ram_size = 0xffff));
	REFUSED_WITH((s.table.ram_base = 0xffff0000, s.table.ram_size = 0x10000));
}

static void names_are_of_the_alphabet(void **state)
{
	(void)state;
	for (unsigned c = 0; c <= UINT8_MAX; c++) {
		const uint8_t name[1] = { (uint8_t)c };
		bool allowed = c && strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", (int)c);

		assert_int_equal(table_name_ok(BYTES_OF(name)), allowed);
		assert_int_equal(patched(96 + 256 + 48, 1, c), allowed ? MS_OK : -MS_EFORMAT);
	}
}

static void names_have_1_to_63_bytes(void **state)
{
	(void)state;
	static const uint8_t a[64] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	for (size_t size = 0; size <= 64; size++)
		assert_int_equal(table_name_ok((struct bytes){ a, size }), size >= 1 && size <= 63);
	ALLOWED((s.entry[0].name = (struct bytes){ a, 63 }));
}

static void names_are_unique(void **state)
{
	(void)state;
	REFUSED_WITH(s.entry[1].name = BYTES_LITERAL("hello"));
	ALLOWED(s.entry[1].name = BYTES_LITERAL("hell"));
	ALLOWED(s.entry[1].name = BYTES_LITERAL("hello2"));
}

static void names_fill_the_string_area_in_order(void **state)
{
	(void)state;
	enum { NAME = 96 + 56, NEXT = 128 };

	assert_int_equal(patched(NAME, 2, 1), -MS_EFORMAT);
	assert_int_equal(patched(NAME, 2, 14), -MS_EFORMAT);
	assert_int_equal(patched(NAME, 2, UINT16_MAX), -MS_EFORMAT);
	assert_int_equal(patched(NAME + 2, 1, 0), -MS_EFORMAT);
	assert_int_equal(patched(NAME + 2, 1, 4), -MS_EFORMAT);
	assert_int_equal(patched(NAME + 2, 1, 6), -MS_EFORMAT);
	assert_int_equal(patched(NAME + 2, 1, 255), -MS_EFORMAT);
	assert_int_equal(patched(NAME + NEXT, 2, 4), -MS_EFORMAT);
	assert_int_equal(patched(NAME + NEXT, 2, 6), -MS_EFORMAT);
	assert_int_equal(patched(NAME + NEXT + 2, 1, 8), -MS_EFORMAT);
	assert_int_equal(patched(NAME + NEXT + 2, 1, 10), -MS_EFORMAT);
}

/* 64 services with 16 rules each, names of 63 bytes: the most that fits. */
static void make_full(struct sample *s)
{
	static uint8_t names[TABLE_ENTRY_MAX][TABLE_NAME_MAX];

	sample_init(s);
	s->entry_count = TABLE_ENTRY_MAX;
	s->rule_count = TABLE_RULE_MAX;
	for (uint32_t i = 0; i < TABLE_ENTRY_MAX; i++) {
		memset(names[i], 'a', TABLE_NAME_MAX);
		names[i][60] = (uint8_t)('0' + i / 10);
		names[i][61] = (uint8_t)('0' + i % 10);
		s->entry[i] = s->entry[0];
		s->entry[i].id = i + 1;
		s->entry[i].image_offset = 1024 * i;
		s->entry[i].ram_extent = 1024;
		s->entry[i].ram_offset = 1024 * (TABLE_ENTRY_MAX - 1 - i);
		s->entry[i].stack_size = 256;
		s->entry[i].heap_size = 0;
		s->entry[i].name = BYTES_OF(names[i]);
	}
	for (uint32_t i = 0; i < TABLE_RULE_MAX; i++)
		s->rule[i] = (struct table_rule){ 1 + i / 16, 0x04000000 + i, 1, i };
}

static void the_largest_table_is_read(void **state)
{
	(void)state;
	static struct sample s;

	make_full(&s);
	struct bytes raw = encoded(&s);
	assert_int_equal(raw.size, 96 + 64 * 128 + 1024 * 16 + 64 * 63);
	assert_true(raw.size <= TABLE_SIZE_MAX);
	uint8_t *copy = exact_copy(raw);
	assert_int_equal(verdict((struct bytes){ copy, raw.size }), SAME_BYTES);
	free(copy);
}

static void put(uint8_t *at, size_t size, uint32_t v)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)(v >> 8 * i);
}

/* Put bytes into `buffer` where nothing else than a count and three sizes needs to follow. */
static struct bytes widened(struct bytes raw, size_t at, const void *more, size_t size, size_t count_at, uint16_t count)
{
	memmove(buffer + at + size, buffer + at, raw.size - at);
	memcpy(buffer + at, more, size);
	put(buffer + count_at, 2, count);
	put(buffer + 12, 4, (uint32_t)(raw.size + size));
	put(buffer + 76, 4, bytes_u32(buffer + 76) + (uint32_t)size);
	return (struct bytes){ buffer, raw.size + size };
}

static void nothing_lies_between_the_rules_and_the_names_or_behind_them(void **state)
{
	(void)state;
	struct sample s;
	struct table t;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	assert_int_equal(table_decode(widened(raw, bytes_u32(buffer + 76), "\0\0\0", 4, 8, 2), MPU_V7, &t), -MS_EFORMAT);
	raw = encoded(&s);
	put(buffer + 12, 4, (uint32_t)raw.size + 4);
	memset(buffer + raw.size, 0, 4);
	assert_int_equal(table_decode((struct bytes){ buffer, raw.size + 4 }, MPU_V7, &t), -MS_EFORMAT);
}

/* What is well-formed but for there being one too many, or none. */
static void there_are_1_to_64_entries(void **state)
{
	(void)state;
	static struct sample s;
	uint8_t entry[TABLE_ENTRY_SIZE];
	struct table t;

	make_full(&s);
	s.rule_count = 0;
	struct bytes raw = encoded(&s);
	memcpy(entry, buffer + 96 + 63 * 128, sizeof(entry));
	put(entry, 4, 65);
	put(entry + 8, 4, 1024 * 64);
	put(entry + 16, 4, s.table.ram_size);	/* what is too far is made room for below */
	put(entry + 56, 2, 64 * 63);
	raw = widened(raw, 96 + 64 * 128, entry, sizeof(entry), 8, 65);
	memset(buffer + raw.size, 'z', 63);
	raw.size += 63;
	put(buffer + 12, 4, (uint32_t)raw.size);
	put(buffer + 72, 4, s.table.ram_size + 1024);
	put(buffer + 80, 4, 65 * 63);
	assert_int_equal(table_decode(raw, MPU_V7, &t), -MS_EFORMAT);

	s.entry_count = 1;
	assert_int_equal(table_decode(encoded(&s), MPU_V7, &t), MS_OK);
	s.entry_count = 0;
	assert_int_equal(table_decode(encoded(&s), MPU_V7, &t), -MS_EFORMAT);
}

static void there_are_at_most_1024_rules(void **state)
{
	(void)state;
	static struct sample s;
	uint8_t rule[TABLE_RULE_SIZE];
	struct table t;

	make_full(&s);
	s.entry_count = 1;
	for (uint32_t i = 0; i < TABLE_RULE_MAX; i++)
		s.rule[i].service = 1;
	struct bytes raw = encoded(&s);
	assert_int_equal(table_decode(raw, MPU_V7, &t), MS_OK);
	size_t end = 96 + 128 + 1024 * 16;
	memcpy(rule, buffer + end - sizeof(rule), sizeof(rule));
	put(rule + 4, 4, 0x04ffffff);
	put(buffer + 96 + 54, 2, 1025);
	assert_int_equal(table_decode(widened(raw, end, rule, sizeof(rule), 10, 1025), MPU_V7, &t), -MS_EFORMAT);
}

/* Each pair of the 64, laid over each other in flash, in RAM, or by name. */
static void any_two_of_many_that_overlap_are_refused(void **state)
{
	(void)state;
	static struct sample full, s;
	struct table t;

	make_full(&full);
	for (uint32_t i = 0; i < TABLE_ENTRY_MAX; i += 7) {
		for (uint32_t k = 0; k < TABLE_ENTRY_MAX; k += 5) {
			for (unsigned what = 0; what < 3 && i != k; what++) {
				s = full;
				if (what == 0)
					s.entry[i].image_offset = s.entry[k].image_offset + 128;
				else if (what == 1)
					s.entry[i].ram_offset = s.entry[k].ram_offset;
				else
					s.entry[i].name = s.entry[k].name;
				assert_int_equal(table_decode(encoded(&s), MPU_V7, &t), -MS_EFORMAT);
			}
		}
	}
}

static void too_many_are_not_written(void **state)
{
	(void)state;
	static struct sample s;
	static struct table_entry entries[TABLE_ENTRY_MAX + 1];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	sample_init(&s);
	for (size_t i = 0; i < TABLE_ENTRY_MAX + 1; i++)
		entries[i] = s.entry[0];
	table_encode(&s.table, entries, TABLE_ENTRY_MAX, s.rule, 0, &w);
	assert_false(w.failed);
	w = (struct writer){ .at = buffer, .size = sizeof(buffer) };
	table_encode(&s.table, entries, TABLE_ENTRY_MAX + 1, s.rule, 0, &w);
	assert_true(w.failed);
	w = (struct writer){ .at = buffer, .size = sizeof(buffer) };
	table_encode(&s.table, s.entry, 2, s.rule, TABLE_RULE_MAX + 1, &w);
	assert_true(w.failed);
	w = (struct writer){ .at = buffer, .size = sizeof(buffer) };
	s.entry[1].name = BYTES_LITERAL("Counter");
	table_encode(&s.table, s.entry, 2, s.rule, 3, &w);
	assert_true(w.failed);
}

static void the_span_is_the_table_and_its_block(void **state)
{
	(void)state;
	static struct sample s;
	uint32_t span = 7;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	uint32_t whole = (uint32_t)raw.size + 96;
	assert_int_equal(table_span(raw, whole, &span), MS_OK);
	assert_int_equal(span, whole);
	assert_int_equal(table_span(bytes_part(raw, 0, TABLE_HEADER_SIZE), whole, &span), MS_OK);
	assert_int_equal(table_span(raw, UINT32_MAX, &span), MS_OK);

	span = 7;
	for (uint32_t limit = 0; limit < whole; limit++)
		assert_int_equal(table_span(raw, limit, &span), -MS_EFORMAT);
	for (size_t size = 0; size < TABLE_HEADER_SIZE; size++)
		assert_int_equal(table_span(bytes_part(raw, 0, size), whole, &span), -MS_EFORMAT);
	assert_int_equal(span, 7);
}

static void an_erased_or_absurd_bank_has_no_span(void **state)
{
	(void)state;
	uint8_t bank[TABLE_HEADER_SIZE];
	uint32_t span;

	memset(bank, 0xff, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), -MS_EFORMAT);
	memset(bank, 0, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), -MS_EFORMAT);

	from_hex("4d535431 6000 8000 0200 0300 ffffffff", bank, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), -MS_EFORMAT);
	from_hex("4d535431 6000 8000 0200 0300 00800000", bank, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), MS_OK);
	from_hex("4d535431 6000 8000 0100 0000 e0000000", bank, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), MS_OK);
	from_hex("4d535431 6000 8000 0100 0000 df000000", bank, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), -MS_EFORMAT);
	from_hex("4d535431 6000 8000 0200 0300 01800000", bank, sizeof(bank));
	assert_int_equal(table_span(BYTES_OF(bank), UINT32_MAX, &span), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_has_exactly_these_bytes),
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(a_table_of_another_size_is_refused),
		cmocka_unit_test(a_flipped_table_is_refused_or_another),
		cmocka_unit_test(a_refused_table_leaves_the_result_alone),
		cmocka_unit_test(the_header_is_fixed_where_the_format_says),
		cmocka_unit_test(policies_are_those_that_an_event_can_have),
		cmocka_unit_test(counts_and_sizes_agree),
		cmocka_unit_test(windows_end_in_memory_and_are_apart),
		cmocka_unit_test(names_are_of_the_alphabet),
		cmocka_unit_test(names_have_1_to_63_bytes),
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(names_fill_the_string_area_in_order),
		cmocka_unit_test(the_largest_table_is_read),
		cmocka_unit_test(nothing_lies_between_the_rules_and_the_names_or_behind_them),
		cmocka_unit_test(there_are_1_to_64_entries),
		cmocka_unit_test(there_are_at_most_1024_rules),
		cmocka_unit_test(any_two_of_many_that_overlap_are_refused),
		cmocka_unit_test(too_many_are_not_written),
		cmocka_unit_test(the_span_is_the_table_and_its_block),
		cmocka_unit_test(an_erased_or_absurd_bank_has_no_span),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
