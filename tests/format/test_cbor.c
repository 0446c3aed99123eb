/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"
#include "cbor_copy.h"

static struct bytes hex(const char *text)
{
	static uint8_t buffer[256];

	return (struct bytes){ buffer, from_hex(text, buffer, sizeof(buffer)) };
}

static bool valid(struct bytes item)
{
	uint8_t *copy = exact_copy(item);
	bool ok = cbor_valid((struct bytes){ copy, item.size });

	free(copy);
	return ok;
}

static bool valid_hex(const char *text)
{
	return valid(hex(text));
}

/* Valid items are those that come back the same when read and written; integers beyond int64 are the exception. */
static enum verdict verdict(struct bytes in)
{
	uint8_t buffer[512];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };
	struct reader r = { .left = in };

	if (!cbor_valid(in))
		return REFUSED;
	cbor_copy(&r, &w);
	return verdict_of(r.failed ? -MS_EFORMAT : MS_OK, in, writer_bytes(&w));
}

/* Those of RFC 8949, appendix A, that are deterministic and of the types we read. */
static void the_published_examples_are_valid(void **state)
{
	(void)state;
	static const char *const items[] = {
		"00", "01", "0a", "17", "1818", "1819", "1864", "1903e8", "1a000f4240", "1b000000e8d4a51000",
		"1bffffffffffffffff", "3bffffffffffffffff", "20", "29", "3863", "3903e7",
		"40", "4401020304", "60", "6161", "6449455446", "62225c", "62c3bc", "63e6b0b4", "64f0908591",
		"80", "83010203", "8301820203820405",
		"98190102030405060708090a0b0c0d0e0f101112131415161718181819",
		"a0", "a201020304", "a26161016162820203", "826161a161626163",
		"a56161614161626142616361436164614461656145",
	};

	for (unsigned i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (!valid_hex(items[i]))
			fail_msg("%s is refused", items[i]);
	}
}

static void what_is_not_of_our_types_is_refused(void **state)
{
	(void)state;
	static const char *const items[] = {
		"f4", "f5", "f6", "f7", "f0", "f8ff", "f820", "f90000", "fa47c35000", "fb3ff199999999999a",
		"c074323031332d30332d32315432303a30343a30305a", "c11a514b67b0", "c249010000000000000000", "d818456449455446",
		"ff", "e0",
	};

	for (unsigned i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (valid_hex(items[i]))
			fail_msg("%s is accepted", items[i]);
	}
}

static void indefinite_lengths_are_refused(void **state)
{
	(void)state;
	static const char *const items[] = {
		"5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "9f018202039f0405ffff",
		"83018202039f0405ff", "bf61610161629f0203ffff", "bfff", "1f", "3f", "5f", "9f", "5fff",
		"1c", "1d", "1e", "5c", "7d", "9e", "bc",
	};

	for (unsigned i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (valid_hex(items[i]))
			fail_msg("%s is accepted", items[i]);
	}
}

/* Not only because bytes are missing: whatever follows. */
static void reserved_lengths_are_refused(void **state)
{
	(void)state;
	uint8_t item[256];

	for (unsigned major = 0; major < 8; major++) {
		for (unsigned info = 28; info < 32; info++) {
			for (unsigned fill = 0; fill < 256; fill += 51) {
				memset(item, (int)fill, sizeof(item));
				item[0] = (uint8_t)(major << 5 | info);
				struct reader r = { .left = BYTES_OF(item) };
				cbor_skip(&r);
				assert_true(r.failed);
				r = (struct reader){ .left = BYTES_OF(item) };
				assert_true(cbor_uint(&r) == 0 && r.failed);
			}
		}
	}
}

static void longer_forms_than_needed_are_refused(void **state)
{
	(void)state;
	static const char *const tails[] = {
		"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000", "1b00000000ffffffff",
	};
	static const char *const least[] = { "1818", "190100", "1a00010000", "1b0000000100000000" };

	for (unsigned major = 0; major < 6; major++) {
		for (unsigned i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
			uint8_t item[32] = { 0 };

			from_hex(tails[i], item, 9);
			item[0] |= (uint8_t)(major << 5);
			assert_false(cbor_valid(BYTES_OF(item)));
			assert_false(cbor_valid((struct bytes){ item, strlen(tails[i]) / 2 }));
		}
	}
	for (unsigned i = 0; i < 4; i++)
		assert_true(valid_hex(least[i]));
}

static void keys_are_sorted_and_unique(void **state)
{
	(void)state;
	assert_true(valid_hex("a2 0100 0200"));
	assert_false(valid_hex("a2 0200 0100"));
	assert_false(valid_hex("a2 0100 0100"));
	assert_true(valid_hex("a2 1700 181800"));
	assert_false(valid_hex("a2 181800 1700"));
	assert_true(valid_hex("a2 0a00 2000"));		/* 10 before -1: bytes, not values */
	assert_true(valid_hex("a2 616200 62616100"));	/* "b" before "aa": the head counts */
	assert_false(valid_hex("a2 62616100 616200"));
	assert_true(valid_hex("a2 8100 00 8101 00"));
	assert_false(valid_hex("a2 8101 00 8100 00"));
	assert_false(valid_hex("81 a2 0100 0100"));
	assert_false(valid_hex("a1 a2 0100 0100 00"));
}

static void items_are_at_most_eight_deep(void **state)
{
	(void)state;
	assert_true(valid_hex("81 81 81 81 81 81 81 81 00"));
	assert_true(valid_hex("81 81 81 81 81 81 81 80"));
	assert_false(valid_hex("81 81 81 81 81 81 81 81 80"));
	assert_true(valid_hex("a100 a100 a100 a100 a100 a100 a100 a100 00"));
	assert_false(valid_hex("a100 a100 a100 a100 a100 a100 a100 a100 a0"));
	assert_true(valid_hex("a1 a1 a1 a1 a1 a1 a1 a0 00 00 00 00 00 00 00"));
	assert_false(valid_hex("a1 a1 a1 a1 a1 a1 a1 a1 a0 00 00 00 00 00 00 00 00"));

	struct reader r = { .left = hex("81 81 81 81 81 81 81 81 80 00") };
	cbor_skip(&r);
	assert_true(r.failed);
}

static void a_depth_bomb_ends_at_once(void **state)
{
	(void)state;
	static uint8_t bomb[1 << 20];

	memset(bomb, 0x81, sizeof(bomb));
	assert_false(cbor_valid(BYTES_OF(bomb)));
	memset(bomb, 0xa1, sizeof(bomb));
	assert_false(cbor_valid(BYTES_OF(bomb)));
}

static void sizes_and_counts_beyond_the_end_are_refused(void **state)
{
	(void)state;
	static const char *const items[] = {
		"41", "4261", "581900", "5affffffff00", "5bffffffffffffffff00", "5b7fffffffffffffff00",
		"61", "7bffffffffffffffff61", "81", "8200", "9affffffff00", "9bffffffffffffffff00",
		"a1", "a100", "a2000001", "baffffffff0000", "bbffffffffffffffff0000", "bb80000000000000000000",
		"18", "19", "1900", "1a000001", "1b00000001000000", "",
	};

	for (unsigned i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (valid_hex(items[i]))
			fail_msg("%s is accepted", items[i]);
	}
}

/* A count is refused by the call that reads it, before anybody makes room for so many. */
static void absurd_counts_are_refused_at_once(void **state)
{
	(void)state;
	static const struct { const char *item; bool map, fine; } cases[] = {
		{ "82 0000", false, true }, { "82 00", false, false }, { "9affffffff 00", false, false }, { "9b0000000100000000 00", false, false },
		{ "a1 0000", true, true }, { "a1 00", true, false }, { "a2 000000", true, false }, { "baffffffff 0000", true, false },
		{ "bb8000000000000001 0000", true, false },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reader r = { .left = hex(cases[i].item) };
		uint32_t count = cases[i].map ? cbor_map(&r) : cbor_array(&r);

		assert_int_equal(r.failed, !cases[i].fine);
		assert_int_equal(count != 0, cases[i].fine);
	}
}

static void nothing_may_follow_an_item(void **state)
{
	(void)state;
	assert_false(valid_hex("0000"));
	assert_false(valid_hex("a000"));
	assert_false(valid_hex("8000"));
}

static void text_is_utf8(void **state)
{
	(void)state;
	assert_true(valid_hex("62c3a4"));
	assert_false(valid_hex("61c3"));
	assert_false(valid_hex("62c080"));
	assert_false(valid_hex("63eda080"));
	assert_true(valid_hex("41c3"));
}

static void integers_are_read_to_their_limits(void **state)
{
	(void)state;
	static const struct { const char *item; uint64_t u; int64_t i; bool is_u, is_i; } cases[] = {
		{ "00", 0, 0, true, true },
		{ "1bffffffffffffffff", UINT64_MAX, 0, true, false },
		{ "1b7fffffffffffffff", INT64_MAX, INT64_MAX, true, true },
		{ "1b8000000000000000", UINT64_C(1) << 63, 0, true, false },
		{ "20", 0, -1, false, true },
		{ "3b7fffffffffffffff", 0, INT64_MIN, false, true },
		{ "3b8000000000000000", 0, 0, false, false },
		{ "3bffffffffffffffff", 0, 0, false, false },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reader u = { .left = hex(cases[i].item) }, s = u;

		assert_true(cbor_uint(&u) == cases[i].u);
		assert_int_equal(u.failed, !cases[i].is_u);
		assert_true(cbor_int(&s) == cases[i].i);
		assert_int_equal(s.failed, !cases[i].is_i);
	}
}

static void integers_are_written_in_their_shortest_form(void **state)
{
	(void)state;
	static const struct { int64_t v; const char *item; } cases[] = {
		{ 0, "00" }, { 23, "17" }, { 24, "1818" }, { 255, "18ff" }, { 256, "190100" }, { 65535, "19ffff" },
		{ 65536, "1a00010000" }, { UINT32_MAX, "1affffffff" }, { (int64_t)UINT32_MAX + 1, "1b0000000100000000" },
		{ INT64_MAX, "1b7fffffffffffffff" }, { -1, "20" }, { -24, "37" }, { -25, "3818" }, { -256, "38ff" },
		{ -257, "390100" }, { INT64_MIN, "3b7fffffffffffffff" },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t buffer[9];
		struct writer w = { .at = buffer, .size = sizeof(buffer) };

		cbor_put_int(&w, cases[i].v);
		assert_true(bytes_equal(writer_bytes(&w), hex(cases[i].item)));
		if (cases[i].v < 0)
			continue;
		w = (struct writer){ .at = buffer, .size = sizeof(buffer) };
		cbor_put_uint(&w, (uint64_t)cases[i].v);
		assert_true(bytes_equal(writer_bytes(&w), hex(cases[i].item)));
	}
}

static void each_read_refuses_the_other_types(void **state)
{
	(void)state;
	static const char *const items[] = { "00", "20", "40", "60", "80", "a0", "c000", "f6" };

	for (unsigned is = 0; is < 8; is++) {
		for (unsigned read = 0; read < 6; read++) {
			struct reader r = { .left = hex(items[is]) };
			bool fits = is == read || (is == 0 && read == 1);

			assert_int_equal(cbor_peek(&r), is < 6 ? is : CBOR_OTHER);
			switch (read) {
			case 0: cbor_uint(&r); break;
			case 1: cbor_int(&r); break;
			case 2: cbor_bytes(&r); break;
			case 3: cbor_text(&r); break;
			case 4: cbor_array(&r); break;
			default: cbor_map(&r); break;
			}
			assert_int_equal(r.failed, !fits);
			assert_int_equal(cbor_peek(&r), CBOR_END);
		}
	}
}

static void after_a_failure_all_is_zero_and_empty(void **state)
{
	(void)state;
	struct reader r = { .left = hex("18"), .failed = false };

	assert_true(cbor_uint(&r) == 0);
	r.left = hex("05 44 01020304 6161 8100 a10000");
	r.failed = true;
	r.left.size = 0;
	assert_true(cbor_uint(&r) == 0);
	assert_true(cbor_int(&r) == 0);
	assert_int_equal(cbor_bytes(&r).size, 0);
	assert_int_equal(cbor_text(&r).size, 0);
	assert_int_equal(cbor_array(&r), 0);
	assert_int_equal(cbor_map(&r), 0);
	cbor_skip(&r);
	assert_int_equal(cbor_peek(&r), CBOR_END);
}

static void a_skip_takes_exactly_one_item(void **state)
{
	(void)state;
	struct reader r = { .left = hex("8301820203820405 a20102038104 6161 07") };

	cbor_skip(&r);
	cbor_skip(&r);
	assert_true(bytes_equal(cbor_text(&r), BYTES_LITERAL("a")));
	assert_true(cbor_uint(&r) == 7);
	assert_false(r.failed);
	assert_int_equal(r.left.size, 0);
}

static void every_cut_and_flip_is_refused_or_canonical(void **state)
{
	(void)state;
	static const char item_hex[] = "a7 01 01 02 6e 6578616d706c652e6f72672f6162 03 84 01 02 190304 1a00010000"
				       "05 44 deadbeef 0c 82 83 1a01000005 01 00 83 1a02000007 03 09 0d a1 20 61 7a 190100 80";
	uint8_t item[128];
	struct bytes b = { item, from_hex(item_hex, item, sizeof(item)) };

	every_cut_is_refused(b, verdict);
	assert_true(every_flip_is_refused_or_canonical(b, verdict) > 0);
}

/* All items of one and two bytes, and of three whose last one is of a few kinds. */
static void no_short_item_has_two_forms(void **state)
{
	(void)state;
	static const uint8_t last[] = { 0x00, 0x01, 0x17, 0x18, 0x40, 0x41, 0x60, 0x61, 0x80, 0xa0, 0xf6, 0xff };
	unsigned accepted = 0;

	for (uint32_t v = 0; v < 1u << 16; v++) {
		for (size_t i = 0; i < sizeof(last); i++) {
			const uint8_t item[3] = { (uint8_t)(v >> 8), (uint8_t)v, last[i] };

			for (size_t size = 1; size <= 3; size++) {
				enum verdict is = verdict((struct bytes){ item, size });

				assert_int_not_equal(is, OTHER_BYTES);
				accepted += is == SAME_BYTES;
			}
		}
	}
	assert_true(accepted > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_examples_are_valid),
		cmocka_unit_test(what_is_not_of_our_types_is_refused),
		cmocka_unit_test(indefinite_lengths_are_refused),
		cmocka_unit_test(reserved_lengths_are_refused),
		cmocka_unit_test(longer_forms_than_needed_are_refused),
		cmocka_unit_test(keys_are_sorted_and_unique),
		cmocka_unit_test(items_are_at_most_eight_deep),
		cmocka_unit_test(a_depth_bomb_ends_at_once),
		cmocka_unit_test(sizes_and_counts_beyond_the_end_are_refused),
		cmocka_unit_test(absurd_counts_are_refused_at_once),
		cmocka_unit_test(nothing_may_follow_an_item),
		cmocka_unit_test(text_is_utf8),
		cmocka_unit_test(integers_are_read_to_their_limits),
		cmocka_unit_test(integers_are_written_in_their_shortest_form),
		cmocka_unit_test(each_read_refuses_the_other_types),
		cmocka_unit_test(after_a_failure_all_is_zero_and_empty),
		cmocka_unit_test(a_skip_takes_exactly_one_item),
		cmocka_unit_test(every_cut_and_flip_is_refused_or_canonical),
		cmocka_unit_test(no_short_item_has_two_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
