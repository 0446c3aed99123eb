/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "service.h"

static volatile int turns;

static void test_loops(void **state)
{
	(void)state;
	for (;;)
		turns = 1;
}

static void service_loops(void **state)
{
	sim_run(*state, "bad", 500);
	service_deed = SERVICE_LOOP;
	sim_run(*state, NULL, SIM_FOREVER);
}

/* It takes time, and others have theirs. */
static void busy_with(void **state, enum service_deed loop)
{
	sim_run(*state, "bad", 500);
	service_deed = loop;
	sim_run(*state, NULL, 1200);
	assert_true(sim_run(*state, "beside", 2000));
	assert_true(sim_clock(*state) >= UINT64_C(2000000000));
	assert_log(*state, "beside", "I stand beside");
}

static void a_busy_service_ends_nothing(void **state)
{
	busy_with(state, SERVICE_LOOP);
}

static void nor_does_an_empty_loop(void **state)
{
	busy_with(state, SERVICE_EMPTY_LOOP);
}

static void ignores_everything(void **state)
{
	sigset_t all;

	(void)state;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (;;)
		turns = 1;
}

static void never_runs(void **state)
{
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loops),
		cmocka_unit_test_setup_teardown(service_loops, sim_setup, sim_teardown),
		cmocka_unit_test(ignores_everything),
		cmocka_unit_test_setup_teardown(a_busy_service_ends_nothing, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(nor_does_an_empty_loop, sim_setup, sim_teardown),
		cmocka_unit_test(never_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
