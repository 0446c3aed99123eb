/* SPDX-License-Identifier: Apache-2.0 */
/* The host simulation does what POSIX says: the same rows as on a board.  They are written to the file $ROWS, if there is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ms/sim.h>

static void each_row_is_as_posix_says(void **state)
{
	struct sim *sim = *state;
	const char *path = getenv("ROWS");
	FILE *rows = fopen(path ? path : "/dev/null", "w");
	unsigned ok = 0, wrong = 0;

	sim_run(sim, "rows", SIM_FOREVER);
	for (size_t i = 0; i < sim_log_count(sim, "rows"); i++) {
		const char *line = sim_log_line(sim, "rows", i);

		wrong += strstr(line, ": wrong") != NULL;
		ok += strstr(line, ": ok") != NULL;
		fprintf(rows, "%s\n", line);
	}
	fclose(rows);
	assert_true(ok > 100);
	assert_int_equal(wrong, 0);
	assert_log(sim, "rows", " rows, 0 wrong");
	assert_int_equal(sim_exit_status(sim, "rows"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_row_is_as_posix_says, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
