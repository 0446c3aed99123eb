/* SPDX-License-Identifier: Apache-2.0 */
/* What a service must not touch stops it, and only it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "stray.h"

extern int counter_value;
extern char __start_ms_kernel[], __stop_ms_kernel[];	/* what the kernel is made of (hostsim/kernel.ld) */

/* Let `stray` do this at one second while `counter` counts, and see it through. */
static void run(struct sim *sim, enum stray_what what, uintptr_t where)
{
	sim_start(sim, "counter");
	sim_run(sim, "stray", 500);
	stray_what = what;
	stray_where = where;
	sim_run(sim, NULL, 1050);
}

/* It was stopped for this at the right moment, will run again in fresh memory, and the neighbour has not noticed. */
static void assert_stopped(struct sim *sim, const char *cause, const char *function)
{
	const struct sim_fault *f = sim_fault(sim, "stray");

	assert_non_null(f);
	assert_string_equal(f->cause, cause);
	if (function)
		assert_string_equal(f->function, function);
	assert_string_equal(f->file, "tests/hostsim/services/stray.c");
	assert_in_range(f->line, 18, 90);
	assert_in_range(f->nsec, 1000000000, 1000100000);
	assert_int_equal(sim_state(sim, "stray"), SIM_RESTARTING);
	assert_no_log(sim, "stray", "still here");

	int before = counter_value;

	stray_what = STRAY_NOTHING;
	sim_run(sim, NULL, 2500);
	assert_int_equal(sim_run_count(sim, "stray"), 2);
	assert_int_equal(sim_exit_status(sim, "stray"), 0);
	assert_int_equal(counter_value, before + 14);
	assert_null(sim_fault(sim, "counter"));
	assert_int_equal(sim_run_count(sim, "counter"), 1);
}

static void assert_stopped_at(struct sim *sim, const char *cause, const char *function, const void *address)
{
	const struct sim_fault *f = sim_fault(sim, "stray");

	assert_non_null(f);
	assert_true(f->has_address);
	assert_int_equal(f->address, (uintptr_t)address);
	assert_stopped(sim, cause, function);
}

#define READ "read of memory that is not its own"
#define WRITE "write to memory that is not its own"
#define EXECUTE "execution outside its text"

static void reading_a_neighbours_memory(void **state)
{
	run(*state, STRAY_READ, (uintptr_t)&counter_value);
	assert_stopped_at(*state, READ, "read_there", &counter_value);
}

static void writing_a_neighbours_memory(void **state)
{
	run(*state, STRAY_WRITE, (uintptr_t)&counter_value);
	assert_stopped_at(*state, WRITE, "write_there", &counter_value);
}

static void reading_the_kernel(void **state)
{
	run(*state, STRAY_READ, (uintptr_t)__start_ms_kernel);
	assert_stopped_at(*state, READ, "read_there", __start_ms_kernel);
}

static void writing_the_kernels_last_word(void **state)
{
	const void *last = __stop_ms_kernel - sizeof(int);

	run(*state, STRAY_WRITE, (uintptr_t)last);
	assert_stopped_at(*state, WRITE, "write_there", last);
}

static void reading_null(void **state)
{
	run(*state, STRAY_READ, 0);
	assert_stopped_at(*state, READ, "read_there", NULL);
}

static void writing_null(void **state)
{
	run(*state, STRAY_WRITE, 0);
	assert_stopped_at(*state, WRITE, "write_there", NULL);
}

static void writing_its_own_text(void **state)
{
	run(*state, STRAY_WRITE, (uintptr_t)stray_text);
	assert_stopped_at(*state, WRITE, "write_there", stray_text);
}

static void calling_null(void **state)
{
	run(*state, STRAY_CALL, 0);
	assert_stopped_at(*state, EXECUTE, "call_there", NULL);
}

static void calling_where_nothing_is(void **state)
{
	run(*state, STRAY_CALL, 0x60000000);
	assert_stopped_at(*state, EXECUTE, "call_there", (void *)0x60000000);
}

static void calling_its_own_data(void **state)
{
	run(*state, STRAY_CALL, (uintptr_t)stray_data);
	assert_stopped_at(*state, EXECUTE, "call_there", stray_data);
}

static void an_endless_recursion(void **state)
{
	run(*state, STRAY_DEEPER, 0);
	assert_stopped(*state, "stack overflow", "deeper");
}

static void dividing_by_zero(void **state)
{
	run(*state, STRAY_DIVIDE, 0);
	assert_stopped(*state, "division by zero", NULL);
}

static void an_illegal_instruction(void **state)
{
	run(*state, STRAY_ILLEGAL, 0);
	assert_stopped(*state, "undefined instruction", NULL);
}

static void abort_is_a_fault(void **state)
{
	run(*state, STRAY_ABORT, 0);
	assert_stopped(*state, "abort", NULL);
}

/* A pointer given to the kernel is checked, not followed: an error, no fault. */
static void a_neighbours_memory_as_an_argument(void **state)
{
	run(*state, STRAY_LOG, (uintptr_t)&counter_value);
	assert_log(*state, "stray", "log -14");
	assert_int_equal(sim_state(*state, "stray"), SIM_ENDED);
}

static void the_kernels_memory_as_an_argument(void **state)
{
	run(*state, STRAY_RANDOM, (uintptr_t)__start_ms_kernel);
	assert_log(*state, "stray", "random -14");
}

static void its_own_text_as_a_result(void **state)
{
	run(*state, STRAY_RANDOM, (uintptr_t)stray_text);
	assert_log(*state, "stray", "random -14");
}

static void its_own_text_as_an_argument(void **state)
{
	run(*state, STRAY_LOG, (uintptr_t)stray_text);
	assert_log(*state, "stray", "constant");
	assert_log(*state, "stray", "log 0");
}

/* The stray one faults each time; its neighbour goes on; after five failures it stays away. */
static void a_service_that_faults_for_ever_is_quarantined(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "counter");
	for (uint64_t msec = 500; msec < 20000; msec += 50) {
		sim_run(sim, "stray", msec);
		stray_what = STRAY_WRITE;
		stray_where = 0;
	}
	assert_int_equal(sim_state(sim, "stray"), SIM_QUARANTINED);
	assert_int_equal(sim_run_count(sim, "stray"), 5);
	assert_int_equal(counter_value, 200);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, sim_setup, sim_teardown)
	const struct CMUnitTest tests[] = {
		TEST(reading_a_neighbours_memory),
		TEST(writing_a_neighbours_memory),
		TEST(reading_the_kernel),
		TEST(writing_the_kernels_last_word),
		TEST(reading_null),
		TEST(writing_null),
		TEST(writing_its_own_text),
		TEST(calling_null),
		TEST(calling_where_nothing_is),
		TEST(calling_its_own_data),
		TEST(an_endless_recursion),
		TEST(dividing_by_zero),
		TEST(an_illegal_instruction),
		TEST(abort_is_a_fault),
		TEST(a_neighbours_memory_as_an_argument),
		TEST(the_kernels_memory_as_an_argument),
		TEST(its_own_text_as_a_result),
		TEST(its_own_text_as_an_argument),
		TEST(a_service_that_faults_for_ever_is_quarantined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
