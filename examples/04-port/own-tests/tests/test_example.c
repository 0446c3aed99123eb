/* SPDX-License-Identifier: Apache-2.0 */
/* The test that zlib's authors wrote: it says what it does, and ends with 1 when something is not as it should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void zlib_passes_its_own_test(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "zlib-tests", 60000);
	assert_log(sim, "zlib-tests", "inflate(): hello, hello!");
	assert_log(sim, "zlib-tests", "large_inflate(): OK");
	assert_log(sim, "zlib-tests", "inflate with dictionary: hello, hello!");
	assert_int_equal(sim_exit_status(sim, "zlib-tests"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(zlib_passes_its_own_test, sim_setup, sim_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
