/* SPDX-License-Identifier: Apache-2.0 */
/* The host simulation keeps what owner and borrower of shared memory may rely on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <ms/sim.h>

enum { PROMISES = 12 };

static void the_simulation_keeps_each_promise_about_shared_memory(void **state)
{
	struct sim *sim = *state;
	unsigned kept = 0;

	sim_start(sim, "lender");
	sim_run(sim, "reader", SIM_FOREVER);
	for (size_t i = 0; i < sim_log_count(sim, "reader"); i++) {
		if (strstr(sim_log_line(sim, "reader", i), "broken: "))
			fail_msg("%s", sim_log_line(sim, "reader", i));
		kept += strstr(sim_log_line(sim, "reader", i), "kept: ") != NULL;
	}
	assert_int_equal(kept, PROMISES);
	assert_log(sim, "reader", "all told");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_simulation_keeps_each_promise_about_shared_memory, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
