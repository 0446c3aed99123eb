/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "crc32.h"
#include "sums.h"

static void the_checksum_is_the_same_in_any_pieces(void **state)
{
	(void)state;
	static const uint8_t text[] = "123456789";

	for (size_t first = 0; first <= 9; first++) {
		uint32_t crc = crc32_add(CRC32_BEGIN, text, first);

		assert_int_equal(crc32_end(crc32_add(crc, text + first, 9 - first)), 0xcbf43926);
	}
}

static void a_sum_is_fresh_and_given_out_once(void **state)
{
	(void)state;
	uint32_t *taken[SUM_COUNT];

	for (unsigned i = 0; i < SUM_COUNT; i++) {
		taken[i] = sums_take();
		assert_non_null(taken[i]);
		assert_int_equal(*taken[i], 0);
		*taken[i] = 5;
	}
	assert_null(sums_take());
	sums_give_back(taken[2]);
	assert_ptr_equal(sums_take(), taken[2]);
	assert_int_equal(*taken[2], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_the_same_in_any_pieces),
		cmocka_unit_test(a_sum_is_fresh_and_given_out_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
