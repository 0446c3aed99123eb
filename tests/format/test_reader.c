/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "reader.h"

static const uint8_t counting[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 };

static void numbers_are_read_little_endian_and_in_order(void **state)
{
	(void)state;
	struct reader r = { .left = BYTES_OF(counting) };

	assert_int_equal(read_u8(&r), 1);
	assert_int_equal(read_u16(&r), 0x0302);
	assert_int_equal(read_u32(&r), 0x07060504);
	assert_true(read_u64(&r) == UINT64_C(0x0f0e0d0c0b0a0908));
	struct bytes rest = read_bytes(&r, 3);
	assert_int_equal(rest.size, 3);
	assert_ptr_equal(rest.at, counting + 15);
	assert_int_equal(r.left.size, 0);
	assert_false(r.failed);
}

static void reading_nothing_at_the_end_is_no_failure(void **state)
{
	(void)state;
	struct reader r = { .left = { NULL, 0 } };

	assert_int_equal(read_bytes(&r, 0).size, 0);
	assert_false(r.failed);
}

static uint64_t read_some(struct reader *r, unsigned which)
{
	switch (which) {
	case 0: return read_u8(r);
	case 1: return read_u16(r);
	case 2: return read_u32(r);
	case 3: return read_u64(r);
	default: return read_bytes(r, 5).size;
	}
}

static void past_the_end_all_is_zero_for_ever(void **state)
{
	(void)state;
	static const size_t needs[] = { 1, 2, 4, 8, 5 };

	for (unsigned which = 0; which < 5; which++) {
		for (size_t size = 0; size < needs[which]; size++) {
			uint8_t *copy = exact_copy((struct bytes){ counting, size });
			struct reader r = { .left = { copy, size } };

			assert_true(read_some(&r, which) == 0);
			assert_true(r.failed);
			for (unsigned again = 0; again < 5; again++)
				assert_true(read_some(&r, again) == 0);
			free(copy);
		}
	}
}

static void a_failed_reader_does_not_give_what_is_left(void **state)
{
	(void)state;
	struct reader r = { .left = BYTES_OF(counting) };

	assert_int_equal(read_bytes(&r, SIZE_MAX).size, 0);
	assert_true(r.failed);
	assert_int_equal(read_u8(&r), 0);

	struct reader refused = { .left = BYTES_OF(counting) };
	read_fail(&refused);
	assert_int_equal(read_u8(&refused), 0);
	assert_true(refused.failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_little_endian_and_in_order),
		cmocka_unit_test(reading_nothing_at_the_end_is_no_failure),
		cmocka_unit_test(past_the_end_all_is_zero_for_ever),
		cmocka_unit_test(a_failed_reader_does_not_give_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
