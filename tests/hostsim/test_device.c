/* SPDX-License-Identifier: Apache-2.0 */
/* The device as a test holds it: time, restarts, repeatability, its functions called directly. */
#include "head.h"

#include <dlfcn.h>
#include <time.h>

#include "called.h"

extern int failing_status;

/* Virtual time: a day of one-second sleeps takes about half a second of a processor; a minute of it is far from a day on any. */
static void a_day_of_sleep_takes_no_time(void **state)
{
	struct sim *sim = *state;
	clock_t begun = clock();

	assert_false(sim_run(sim, "sleeper", SIM_FOREVER));
	assert_true(clock() - begun < 60 * CLOCKS_PER_SEC);
	assert_log(sim, "sleeper", "a day has passed");
	assert_in_range(sim_clock(sim) / 1000000, 86400000, 86400400);
}

/* Code takes no time, but calls do: who polls the clock sees it move. */
static void polling_the_clock_comes_to_an_end(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "sleeper", SIM_FOREVER);
	assert_log(sim, "sleeper", "polled");
	assert_no_log(sim, "sleeper", "hardly");
}

static void the_clock_stops_where_it_is_told_to(void **state)
{
	struct sim *sim = *state;

	assert_int_equal(sim_clock(sim), 0);
	assert_true(sim_run(sim, "sleeper", 1500));
	assert_int_equal(sim_clock(sim), 1500000000);
	assert_true(sim_run(sim, NULL, 1500));
	assert_int_equal(sim_clock(sim), 1500000000);
}

/* 100 ms, then twice as long each time; the fifth failure is the last. */
static void a_failing_service_is_restarted_with_growing_delays(void **state)
{
	struct sim *sim = *state;

	assert_int_equal(sim_state(sim, "failing"), SIM_NEVER_STARTED);
	assert_int_equal(sim_exit_status(sim, "failing"), -1);
	sim_run(sim, "failing", 50);
	assert_int_equal(sim_state(sim, "failing"), SIM_RESTARTING);
	assert_int_equal(sim_exit_status(sim, "failing"), 3);
	assert_log(sim, NULL, "failing restart 1 in 100 ms");
	assert_false(sim_run(sim, NULL, 10000));
	assert_log(sim, NULL, "failing restart 4 in 800 ms");
	assert_int_equal(sim_state(sim, "failing"), SIM_QUARANTINED);
	assert_int_equal(sim_run_count(sim, "failing"), 5);
	assert_log(sim, "failing", "run 5");
}

static void a_test_can_change_a_services_variables(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "failing");
	failing_status = 0;
	assert_false(sim_run(sim, NULL, 10000));
	assert_int_equal(sim_state(sim, "failing"), SIM_ENDED);
	assert_int_equal(sim_run_count(sim, "failing"), 1);
}

static char *whole_log(struct sim *sim)
{
	char *text = calloc(1, 1 << 16);

	for (size_t i = 0; sim_log_line(sim, NULL, i); i++)
		strcat(strcat(text, sim_log_line(sim, NULL, i)), "\n");
	return text;
}

static char *run_all(uint64_t seed)
{
	struct sim *sim = sim_open();

	sim_seed(sim, seed);
	sim_start(sim, "failing");
	sim_start(sim, "called");
	sim_run(sim, "sleeper", 20000);
	char *log = whole_log(sim);

	sim_close(sim);
	return log;
}

static void the_same_run_prints_the_same_bytes(void **state)
{
	char *one = run_all(7), *two = run_all(7), *other = run_all(8);

	(void)state;
	assert_string_equal(one, two);
	assert_string_not_equal(one, other);
	free(one);
	free(two);
	free(other);
}

/* No device is open here: what functions print is shown, and they work. */
static void functions_can_be_called_directly(void **state)
{
	(void)state;
	assert_int_equal(called_add(2, 3), 5);
	assert_int_equal(called_built(), 1);
	assert_int_equal(called_errno(), 1);
	assert_int_equal(called_isolation(), 1000);
}

static void what_called_functions_print_is_in_the_log(void **state)
{
	struct sim *sim = *state;

	called_add(20, 30);
	assert_log(sim, "called", "adding 20 and 30");
	assert_int_equal(sim_log_count(sim, "called"), 1);
	assert_int_equal(sim_state(sim, "called"), SIM_NEVER_STARTED);
}

static void a_called_function_that_sleeps_lets_the_device_run(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "failing");
	assert_int_equal(called_sleep(), 3);
	assert_int_equal(sim_run_count(sim, "failing"), 5);
}

/* The service's main and what the test called before do not meet: the start has fresh memory. */
static void main_runs_after_functions_were_called(void **state)
{
	struct sim *sim = *state;

	called_add(1, 1);
	assert_false(sim_run(sim, "called", 1000));
	assert_log(sim, "called", "main ran");
	assert_int_equal(called_built(), 1);
}

/* The service defines a function of the host's C library: the test gets what it is linked with, the libraries of the host do not. */
static void a_service_overrides_nothing_of_the_host(void **state)
{
	(void)state;
	assert_string_equal(getlogin(), "the service's");
	assert_non_null(dlsym(RTLD_DEFAULT, "getlogin"));
	assert_true(dlsym(RTLD_DEFAULT, "getlogin") != (void *)(uintptr_t)getlogin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DEVICE(a_day_of_sleep_takes_no_time),
		ON_DEVICE(polling_the_clock_comes_to_an_end),
		ON_DEVICE(the_clock_stops_where_it_is_told_to),
		ON_DEVICE(a_failing_service_is_restarted_with_growing_delays),
		ON_DEVICE(a_test_can_change_a_services_variables),
		cmocka_unit_test(the_same_run_prints_the_same_bytes),
		cmocka_unit_test(functions_can_be_called_directly),
		ON_DEVICE(what_called_functions_print_is_in_the_log),
		ON_DEVICE(a_called_function_that_sleeps_lets_the_device_run),
		ON_DEVICE(main_runs_after_functions_were_called),
		cmocka_unit_test(a_service_overrides_nothing_of_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
