/* SPDX-License-Identifier: Apache-2.0 */
/* The client against the real server, both on a simulated device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void each_connection_has_a_sum_of_its_own(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", 50);
	assert_log(sim, "client", "add 1: the sum is 1");
	assert_log(sim, "client", "add 2: the sum is 3");
	assert_log(sim, "client", "add 40: the sum is 40");
	assert_log(sim, "client", "add 3: the sum is 6");
	assert_log(sim, "client", "the checksum of \"123456789\" is cbf43926");
}

static void it_waits_no_longer_than_it_wants_to(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", 99);
	assert_no_log(sim, "client", "no answer");
	sim_run(sim, "client", 110);
	assert_log(sim, "client", "no answer within 100 ms: going on");
}

static void it_outlives_the_server(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", SIM_FOREVER);
	assert_string_equal(sim_fault(sim, "server")->function, "make_a_mistake");
	assert_int_equal(sim_run_count(sim, "server"), 2);
	assert_log(sim, "client", "the server has died: connecting again");
	assert_log(sim, "client", "add 7: the sum is 7");
	assert_int_equal(sim_run_count(sim, "client"), 1);
	assert_int_equal(sim_exit_status(sim, "client"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_connection_has_a_sum_of_its_own, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_waits_no_longer_than_it_wants_to, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_outlives_the_server, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
