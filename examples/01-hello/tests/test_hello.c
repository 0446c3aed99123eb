/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "duration.h"

static void assert_duration(unsigned long sec, const char *wanted)
{
	char text[DURATION_TEXT_SIZE];

	duration_write(text, sizeof(text), sec);
	assert_string_equal(text, wanted);
}

static void seconds_carry_into_minutes_and_hours(void **state)
{
	(void)state;
	assert_duration(0, "00:00:00");
	assert_duration(59, "00:00:59");
	assert_duration(60, "00:01:00");
	assert_duration(3599, "00:59:59");
	assert_duration(3600, "01:00:00");
	assert_duration(100 * 3600, "100:00:00");
}

static void what_does_not_fit_is_cut(void **state)
{
	(void)state;
	char text[6] = "?????";

	duration_write(text, sizeof(text), 3661);
	assert_string_equal(text, "01:01");
}

/* Time is virtual: the two seconds of the device take none here. */
static void it_greets_waits_and_ends_well(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "hello", 1000);
	assert_log(sim, "hello", "Hello, world");
	assert_no_log(sim, "hello", "up for");

	sim_run(sim, "hello", 3000);
	assert_log(sim, "hello", "the device has been up for 00:00:02");
	assert_int_equal(sim_state(sim, "hello"), SIM_ENDED);
	assert_int_equal(sim_exit_status(sim, "hello"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seconds_carry_into_minutes_and_hours),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test_setup_teardown(it_greets_waits_and_ends_well, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
