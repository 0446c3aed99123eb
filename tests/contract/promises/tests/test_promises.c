/* SPDX-License-Identifier: Apache-2.0 */
/* The host simulation keeps the promises that boards do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include <ms/sim.h>

static void the_simulation_keeps_each_promise(void **state)
{
	struct sim *sim = *state;
	unsigned kept = 0, lines = 0;

	sim_run(sim, "promises", SIM_FOREVER);
	for (size_t i = 0; i < sim_log_count(sim, "promises"); i++) {
		const char *line = sim_log_line(sim, "promises", i);
		char expected[16];

		if (strstr(line, "broken: "))
			fail_msg("%s", line);
		kept += strstr(line, "kept: ") != NULL;
		snprintf(expected, sizeof(expected), "line %03u ", lines);
		lines += strstr(line, expected) != NULL;
	}
	assert_int_equal(kept, 12);
	assert_int_equal(lines, 150);
	assert_log(sim, "promises", "isolation 1000");
	assert_log(sim, "promises", "all told");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_simulation_keeps_each_promise, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
