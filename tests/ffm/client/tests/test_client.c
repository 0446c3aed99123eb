/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void every_promise_holds(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_start(sim, "functions");
	sim_run(sim, "client", 50);
	assert_log(sim, "client", "all was tried");
	assert_no_log(sim, "client", "BROKEN");
	assert_int_equal(sim_run_count(sim, "server"), 1);
	assert_non_null(sim_fault(sim, "client"));
	assert_string_equal(sim_fault(sim, "client")->function, "client_main");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_promise_holds, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
