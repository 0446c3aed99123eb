/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

static const struct bytes nothing = { NULL, 0 };

static void equal_bytes_are_of_equal_size(void **state)
{
	(void)state;
	assert_true(bytes_equal(BYTES_LITERAL("abc"), BYTES_LITERAL("abc")));
	assert_false(bytes_equal(BYTES_LITERAL("abc"), BYTES_LITERAL("abd")));
	assert_false(bytes_equal(BYTES_LITERAL("abc"), BYTES_LITERAL("ab")));
	assert_true(bytes_equal(nothing, BYTES_LITERAL("")));
}

static void the_order_is_that_of_unsigned_bytes(void **state)
{
	(void)state;
	assert_true(bytes_compare(BYTES_LITERAL("a"), BYTES_LITERAL("b")) < 0);
	assert_true(bytes_compare(BYTES_LITERAL("\xff"), BYTES_LITERAL("a")) > 0);
	assert_true(bytes_compare(BYTES_LITERAL("a"), BYTES_LITERAL("ab")) < 0);
	assert_true(bytes_compare(BYTES_LITERAL("b"), BYTES_LITERAL("ab")) > 0);
	assert_int_equal(bytes_compare(BYTES_LITERAL("ab"), BYTES_LITERAL("ab")), 0);
	assert_int_equal(bytes_compare(nothing, nothing), 0);
	assert_true(bytes_compare(nothing, BYTES_LITERAL("a")) < 0);
}

static void no_bytes_are_all_of_any_value(void **state)
{
	(void)state;
	assert_true(bytes_all(nothing, 7));
	assert_true(bytes_all(BYTES_LITERAL("aaa"), 'a'));
	assert_false(bytes_all(BYTES_LITERAL("aab"), 'a'));
	assert_false(bytes_all(BYTES_LITERAL("baa"), 'a'));
}

static void a_part_is_clipped_to_what_is_there(void **state)
{
	(void)state;
	const struct bytes b = BYTES_LITERAL("0123456789");

	for (size_t offset = 0; offset < 14; offset++) {
		for (size_t size = 0; size < 14; size++) {
			struct bytes p = bytes_part(b, offset, size);
			size_t left = offset < b.size ? b.size - offset : 0;

			assert_int_equal(p.size, size < left ? size : left);
			if (p.size)
				assert_ptr_equal(p.at, b.at + offset);
		}
	}
	assert_int_equal(bytes_part(b, SIZE_MAX, SIZE_MAX).size, 0);
	assert_int_equal(bytes_part(b, 4, SIZE_MAX).size, 6);
	assert_int_equal(bytes_part(nothing, 0, 0).size, 0);
}

static void numbers_are_little_endian(void **state)
{
	(void)state;
	static const uint8_t at[] = { 0x01, 0x02, 0x83, 0xff };

	assert_int_equal(bytes_u16(at), 0x0201);
	assert_int_equal(bytes_u16(at + 2), 0xff83);
	assert_int_equal(bytes_u32(at), 0xff830201);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_bytes_are_of_equal_size),
		cmocka_unit_test(the_order_is_that_of_unsigned_bytes),
		cmocka_unit_test(no_bytes_are_all_of_any_value),
		cmocka_unit_test(a_part_is_clipped_to_what_is_there),
		cmocka_unit_test(numbers_are_little_endian),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
