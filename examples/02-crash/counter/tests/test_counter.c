/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <ms/sim.h>

/* Virtual time: a minute of the device is a moment here. */
static void it_counts_each_tenth_of_a_second(void **state)
{
	struct sim *sim = *state;
	enum { MINUTE_MSEC = 60 * 1000, TENTH_MSEC = 100 };
	char number[16];

	assert_true(sim_run(sim, "counter", MINUTE_MSEC + TENTH_MSEC / 2));
	assert_int_equal(sim_log_count(sim, "counter"), MINUTE_MSEC / TENTH_MSEC);
	for (unsigned i = 0; i < MINUTE_MSEC / TENTH_MSEC; i++) {
		snprintf(number, sizeof(number), "%u", i + 1);
		assert_string_equal(sim_log_line(sim, "counter", i), number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_counts_each_tenth_of_a_second, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
