/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

#include <ms/sim.h>

extern volatile int simulation_yields, simulation_turns, simulation_naps;

/* Seconds of the processor for this run. */
static double run(struct sim *sim, int yields, int turns, int naps)
{
	sim_run(sim, "simulation", 0);
	simulation_yields = yields;
	simulation_turns = turns;
	simulation_naps = naps;
	clock_t begun = clock();

	sim_run(sim, NULL, SIM_FOREVER);
	assert_int_equal(sim_exit_status(sim, "simulation"), 0);
	return (double)(clock() - begun) / CLOCKS_PER_SEC;
}

static void calls(void **state)
{
	printf("a system call\t%.2f us\n", run(*state, 200000, 0, 0) * 1e6 / 200000);
}

/* Each turn is a decision between two threads. */
static void decisions(void **state)
{
	printf("a decision\t%.2f us\n", run(*state, 0, 100000, 0) * 1e6 / 200000);
}

static void day(void **state)
{
	double sec = run(*state, 0, 0, 60 * 60 * 10);

	printf("a day of ten naps a second\t%.1f s, 24 times an hour's\n", 24 * sec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(calls, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(decisions, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(day, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
