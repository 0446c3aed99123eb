/* SPDX-License-Identifier: Apache-2.0 */
/* Several services and the network between them: one dies, one takes all it can get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void start(struct sim *sim)
{
	sim_start(sim, "net-loopback");
	sim_start(sim, "listener");
}

static void two_services_talk_and_a_dead_one_is_reset(void **state)
{
	struct sim *sim = *state;

	start(sim);
	sim_run(sim, "caller", 90);
	assert_log(sim, "caller", "first life");
	assert_non_null(sim_fault(sim, "caller"));
	assert_log(sim, "listener", "one was reset");
	sim_run(sim, "caller", 2000);
	assert_log(sim, "caller", "second life");
	assert_log(sim, "listener", "one has ended");
	assert_int_equal(sim_exit_status(sim, "caller"), 0);
	assert_int_equal(sim_run_count(sim, "caller"), 2);
}

/* The flooder never sleeps, at everybody's priority. */
static void a_flood_keeps_nobody_else_out(void **state)
{
	struct sim *sim = *state;

	start(sim);
	sim_start(sim, "flooder");
	for (uint64_t msec = 50; msec <= 1000 && !sim_log_has(sim, "caller", "second life"); msec += 50)
		sim_run(sim, "caller", msec);
	assert_log(sim, "caller", "second life");
	assert_int_equal(sim_exit_status(sim, "caller"), 0);
	assert_int_equal(sim_state(sim, "flooder"), SIM_ALIVE);
	assert_int_equal(sim_run_count(sim, "net-loopback"), 1);
	assert_null(sim_fault(sim, "listener"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_services_talk_and_a_dead_one_is_reset, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_flood_keeps_nobody_else_out, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
