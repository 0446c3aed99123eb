/* SPDX-License-Identifier: Apache-2.0 */
/* Tests are C: they call what the service declares extern "C", and look at what it logs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "thermostat.h"

static void the_mean_is_of_the_last_four(void **state)
{
	(void)state;

	assert_int_equal(thermostat_mean(0), 0);
	assert_int_equal(thermostat_mean(1), 185);
	assert_int_equal(thermostat_mean(4), (185 + 190 + 195 + 200) / 4);
	assert_int_equal(thermostat_mean(6), (195 + 200 + 205 + 210) / 4);
}

static void objects_of_files_are_made_before_main(void **state)
{
	(void)state;

	assert_int_equal(thermostat_made(), 1);
}

static void each_sensor_measures_in_its_own_way(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "thermostat", 1000);
	assert_log(sim, "thermostat", "room: 18.5");
	assert_log(sim, "thermostat", "corrected: 18.7");
	assert_log(sim, "thermostat", "heating is off");
	assert_int_equal(sim_exit_status(sim, "thermostat"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mean_is_of_the_last_four),
		cmocka_unit_test(objects_of_files_are_made_before_main),
		cmocka_unit_test_setup_teardown(each_sensor_measures_in_its_own_way, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
