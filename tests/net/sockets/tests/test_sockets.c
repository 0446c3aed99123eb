/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of src/, against the real network service. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void every_case_passes(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	sim_run(sim, "sockets", 20000);
	if (sim_exit_status(sim, "sockets") != 0)
		sim_log_print(sim);
	assert_ended(sim, "sockets");
	assert_log(sim, "sockets", "0 failed");
	assert_int_equal(sim_run_count(sim, "net-loopback"), 1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_case_passes, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
