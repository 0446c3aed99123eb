/* SPDX-License-Identifier: Apache-2.0 */
/* What is written where it must not be fails the test that runs it, whatever the test asserts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void a_long_name_fits(void **state)
{
	sim_run(*state, "wordy", 1000);
	assert_log(*state, "wordy", "Ada: 100");
}

/* `ms test --faults` lets each allocation fail once. */
static void a_title_is_written(void **state)
{
	sim_run(*state, "trusting", 1000);
	assert_log(*state, "trusting", "Ada of Lovelace: 100");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_long_name_fits, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_title_is_written, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
