/* SPDX-License-Identifier: Apache-2.0 */
/* The device's C library and threads, on the PC. */
#include "head.h"

static void assert_lines(struct sim *sim, const char *service, const char *const lines[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_non_null(sim_log_line(sim, service, i));
		assert_string_equal(sim_log_line(sim, service, i), lines[i]);
	}
	assert_int_equal(sim_log_count(sim, service), count);
}
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* How much of 4 KiB is left for an author depends on the library's book-keeping: not more than all, not less than three quarters. */
static void assert_heap(struct sim *sim, const char *line)
{
	int once, again;

	(void)sim;
	assert_int_equal(sscanf(line, "heap %d pieces, errno ENOMEM, again %d", &once, &again), 2);
	assert_in_range(once, 12, 15);
	assert_int_equal(again, once);
}

static void the_c_library_works(void **state)
{
	struct sim *sim = *state;
	static const char *const before[] = {
		"built 2 in order 200 65535",
		"-1 2 ff c text  3.14 1099511627776 7   | 1 %",
		"an error",
		"jumped back with 42",
		"1.4142 0.8415 1.4142 -77 25.0",
		"twice 18",
		"squared 81",
		"1 3 5 9",
	};
	static const char *const after[] = { "too much: refused", "time 0", "at the end" };

	sim_run(sim, "library", 50);
	for (size_t i = 0; i < COUNT(before); i++)
		assert_string_equal(sim_log_line(sim, "library", i), before[i]);
	assert_heap(sim, sim_log_line(sim, "library", COUNT(before)));
	for (size_t i = 0; i < COUNT(after); i++)
		assert_string_equal(sim_log_line(sim, "library", COUNT(before) + 1 + i), after[i]);
	assert_int_equal(sim_exit_status(sim, "library"), 5);
	assert_log(sim, NULL, "library error: an error");
}

/* A second start begins with what was linked, not with what the first left behind. */
static void a_restart_has_fresh_memory(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "library", 150);
	size_t once = sim_log_count(sim, "library") / 2;

	assert_int_equal(sim_run_count(sim, "library"), 2);
	for (size_t i = 0; i < once; i++)
		assert_string_equal(sim_log_line(sim, "library", i), sim_log_line(sim, "library", once + i));
}

static void threads_have_their_own_and_share_the_rest(void **state)
{
	struct sim *sim = *state;
	static const char *const lines[] = {
		"thread 1: number 141 errno 1001 untouched 7",
		"thread 2: number 142 errno 1002 untouched 7",
		"thread 3: number 143 errno 1003 untouched 7",
		"main: number 1 errno 1 sum 12 self 0",
		"timeout -116 other value -11",
	};

	assert_false(sim_run(sim, "threads", 1000));
	assert_lines(sim, "threads", lines, COUNT(lines));
	assert_int_equal(sim_exit_status(sim, "threads"), 0);
}

/* Two instances of one object, at once. */
static void twins_share_nothing(void **state)
{
	struct sim *sim = *state;
	static const char *const lines[] = { "round 1 11 1 errno 7", "round 2 12 2 errno 7", "round 3 13 3 errno 7" };

	sim_start(sim, "left");
	sim_run(sim, NULL, 500);
	assert_false(sim_run(sim, "right", 10000));
	assert_lines(sim, "left", lines, COUNT(lines));
	assert_lines(sim, "right", lines, COUNT(lines));
	assert_in_range(sim_clock(sim), 3500000000, 3500100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DEVICE(the_c_library_works),
		ON_DEVICE(a_restart_has_fresh_memory),
		ON_DEVICE(threads_have_their_own_and_share_the_rest),
		ON_DEVICE(twins_share_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
