/* SPDX-License-Identifier: Apache-2.0 */
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
	sim_run(sim, NULL, 10);
	sim_run(sim, "field", 100);
}

static void it_greets_from_both_threads(void **state)
{
	struct sim *sim = *state;

	start(sim);
	assert_log(sim, "field", "Hello, field");
	assert_log(sim, "field", "Hello from a thread");
}

static void its_connect_reaches_a_listener(void **state)
{
	struct sim *sim = *state;

	start(sim);
	assert_log(sim, "listener", "one has come");
}

/* Two others talk beside it, one of which dies and comes back. */
static void its_endless_loop_ends_nothing(void **state)
{
	struct sim *sim = *state;

	start(sim);
	sim_run(sim, "caller", 3000);
	assert_log(sim, "caller", "second life");
	assert_int_equal(sim_exit_status(sim, "caller"), 0);
	assert_int_equal(sim_state(sim, "field"), SIM_ALIVE);
	assert_int_equal(sim_run_count(sim, "field"), 1);
	assert_null(sim_fault(sim, "field"));
}

static void without_a_listener_it_goes_on(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	sim_run(sim, "field", 100);
	assert_log(sim, "field", "Hello from a thread");
	assert_int_equal(sim_state(sim, "field"), SIM_ALIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_greets_from_both_threads, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(its_connect_reaches_a_listener, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(its_endless_loop_ends_nothing, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(without_a_listener_it_goes_on, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
