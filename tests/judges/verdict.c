/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated device's verdict about a test of others that is a service: how its main ended.  judge.sh puts it into each project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

enum { SKIPPED = 77, MINUTES = 10 };

static void judged(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "judged", MINUTES * 60000);
	if (sim_exit_status(sim, "judged") == SKIPPED)
		skip();
	if (sim_run_count(sim, "judged") != 1 || sim_exit_status(sim, "judged") != 0)
		sim_log_print(sim);
	assert_null(sim_fault(sim, "judged"));
	assert_int_equal(sim_run_count(sim, "judged"), 1);
	assert_int_equal(sim_exit_status(sim, "judged"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(judged, sim_setup, sim_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
