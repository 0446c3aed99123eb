/* SPDX-License-Identifier: Apache-2.0 */
/* Shared memory in the host simulation: the same lines as on a board, and the same end for who touches a block that was taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void a_block_is_lent_and_taken_back(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "owner");
	sim_run(sim, "borrower", 10);
	assert_log(sim, "owner", "byte 5 is 0");
	assert_log(sim, "borrower", "not lent: -2");
	assert_log(sim, "borrower", "lent: 0");
	assert_log(sim, "borrower", "read 'first frame'");
	assert_log(sim, "owner", "it holds 'second frame'");
	assert_log(sim, "borrower", "taken back: 0");
	assert_int_equal(sim_state(sim, "owner"), SIM_ALIVE);
}

static void who_touches_it_then_is_stopped_where_it_did(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "owner");
	sim_run(sim, "borrower", 10);
	const struct sim_fault *f = sim_fault(sim, "borrower");

	assert_non_null(f);
	assert_string_equal(f->cause, "read of memory that is not its own");
	assert_true(f->has_address);
	assert_string_equal(f->file, "src/main.c");
	assert_string_equal(f->function, "main");
	assert_int_equal(sim_state(sim, "borrower"), SIM_RESTARTING);
}

/* Each run of the borrower finds it as the first did: not lent. */
static void a_restart_begins_anew(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "owner");
	sim_run(sim, "borrower", 1000);
	assert_true(sim_run_count(sim, "borrower") > 1);
	assert_no_log(sim, "borrower", "not lent: 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_block_is_lent_and_taken_back, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(who_touches_it_then_is_stopped_where_it_did, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_restart_begins_anew, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
