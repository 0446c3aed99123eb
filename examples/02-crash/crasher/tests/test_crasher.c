/* SPDX-License-Identifier: Apache-2.0 */
/* Each mistake ends a run in its own way; then the service ends well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

enum { SHORT_MSEC = 10 };

/* Run it until its run `run` has come to its end; `msec` is when that began. */
static const struct sim_fault *after_run(struct sim *sim, uint32_t run, uint64_t msec)
{
	sim_run(sim, "crasher", msec + SHORT_MSEC);
	assert_int_equal(sim_run_count(sim, "crasher"), run);
	assert_no_log(sim, "crasher", "still alive");
	assert_non_null(sim_fault(sim, "crasher"));
	return sim_fault(sim, "crasher");
}

static void a_null_pointer_is_a_write_to_foreign_memory(void **state)
{
	const struct sim_fault *f = after_run(*state, 1, 0);

	assert_string_equal(f->cause, "write to memory that is not its own");
	assert_true(f->has_address);
	assert_int_equal(f->address, 12);	/* of the field that was written to */
	assert_string_equal(f->function, "calibrate_pressure");
}

static void recursion_without_end_is_a_stack_overflow(void **state)
{
	const struct sim_fault *f = after_run(*state, 2, 100);

	assert_string_equal(f->cause, "stack overflow");
	assert_string_equal(f->function, "depth");
}

static void data_is_not_executed(void **state)
{
	const struct sim_fault *f = after_run(*state, 3, 100 + 200);

	assert_string_equal(f->cause, "execution outside its text");
}

static void a_failed_assertion_says_where_and_aborts(void **state)
{
	const struct sim_fault *f = after_run(*state, 4, 100 + 200 + 400);

	assert_string_equal(f->cause, "abort");
	assert_log(*state, "crasher", "assertion \"charge_percent <= 100\" failed");
}

static void the_fifth_run_ends_well(void **state)
{
	struct sim *sim = *state;

	assert_false(sim_run(sim, "crasher", 100 + 200 + 400 + 800 + SHORT_MSEC));
	assert_int_equal(sim_run_count(sim, "crasher"), 5);
	assert_log(sim, "crasher", "run 5: no mistake left");
	assert_int_equal(sim_state(sim, "crasher"), SIM_ENDED);
	assert_int_equal(sim_exit_status(sim, "crasher"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_null_pointer_is_a_write_to_foreign_memory, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(recursion_without_end_is_a_stack_overflow, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(data_is_not_executed, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_failed_assertion_says_where_and_aborts, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(the_fifth_run_ends_well, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
