/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "writer.h"

static const uint8_t expected[] = { 1, 3, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8, 'a', 'b', 'c', 0, 0 };

static void write_all(struct writer *w)
{
	write_u8(w, 1);
	write_u16(w, 0x0203);
	write_u32(w, 0x04050607);
	write_u64(w, UINT64_C(0x08090a0b0c0d0e0f));
	write_bytes(w, BYTES_LITERAL("abc"));
	write_zeros(w, 2);
}

static void numbers_are_written_little_endian_and_in_order(void **state)
{
	(void)state;
	uint8_t buffer[sizeof(expected)];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	write_all(&w);
	assert_false(w.failed);
	assert_true(bytes_equal(writer_bytes(&w), BYTES_OF(expected)));
}

/* A buffer that is too small stays as it is behind its end, and `used` says what would have fitted. */
static void a_full_writer_writes_no_more_and_says_what_it_needs(void **state)
{
	(void)state;
	for (size_t size = 0; size < sizeof(expected); size++) {
		uint8_t *buffer = exact_copy((struct bytes){ expected, size });
		struct writer w = { .at = buffer, .size = size };

		write_all(&w);
		assert_true(w.failed);
		assert_int_equal(w.used, sizeof(expected));
		assert_int_equal(writer_bytes(&w).size, 0);
		free(buffer);
	}
}

static void what_would_fit_is_not_written_after_what_did_not(void **state)
{
	(void)state;
	uint8_t buffer[4] = { 0xee, 0xee, 0xee, 0xee };
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	write_u8(&w, 1);
	write_u32(&w, 2);
	write_u8(&w, 3);
	assert_int_equal(buffer[0], 1);
	assert_int_equal(buffer[1], 0xee);
	assert_int_equal(w.used, 6);
}

static void writing_nothing_needs_no_buffer(void **state)
{
	(void)state;
	struct writer w = { 0 };

	write_bytes(&w, (struct bytes){ NULL, 0 });
	write_zeros(&w, 0);
	assert_false(w.failed);
	assert_int_equal(writer_bytes(&w).size, 0);
}

static void the_need_does_not_wrap_around(void **state)
{
	(void)state;
	struct writer w = { 0 };

	write_zeros(&w, SIZE_MAX);
	write_zeros(&w, SIZE_MAX);
	assert_true(w.failed);
	assert_true(w.used == SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_little_endian_and_in_order),
		cmocka_unit_test(a_full_writer_writes_no_more_and_says_what_it_needs),
		cmocka_unit_test(what_would_fit_is_not_written_after_what_did_not),
		cmocka_unit_test(writing_nothing_needs_no_buffer),
		cmocka_unit_test(the_need_does_not_wrap_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
