/* SPDX-License-Identifier: Apache-2.0 */
/* What is written past the end of something fails the test that runs it, whatever the test asserts. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_long_name_fits, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
