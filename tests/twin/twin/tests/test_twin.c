/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated device's side of the twin check: its log goes to the file $CONSOLE, for test_twin.sh to compare. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include <ms/sim.h>

static void everything_is_told(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "peer");
	sim_run(sim, "twin", 3600 * 1000);
	const char *path = getenv("CONSOLE"), *line;
	FILE *console = fopen(path ? path : "/dev/null", "w");

	for (size_t i = 0; (line = sim_log_line(sim, NULL, i)); i++)
		fprintf(console, "%s\n", line);
	fclose(console);
	assert_log(sim, "twin", "all told");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(everything_is_told, sim_setup, sim_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
