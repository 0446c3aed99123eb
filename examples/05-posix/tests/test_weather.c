/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void it_tells_each_reading_until_the_alarm(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "weather", 250);
	assert_int_equal(sim_log_count(sim, "weather"), 2);
	sim_run(sim, "weather", SIM_FOREVER);
	assert_log(sim, "weather", "it is 22 degrees");
	assert_log(sim, "weather", " readings");
	assert_true(sim_log_count(sim, "weather") >= 10);
	assert_int_equal(sim_exit_status(sim, "weather"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_tells_each_reading_until_the_alarm, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
