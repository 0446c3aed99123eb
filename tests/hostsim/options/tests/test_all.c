/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "all.h"

static void it_adds(void **state)
{
	static const uint8_t three[] = { 1, 2, 3 };
	int sum = all_sum(three, sizeof(three));

	(void)state;
	assert_true(sum == 6 || sum == -1);
}

static void it_adds_in_threads(void **state)
{
	sim_run(*state, "all", 100);
	if (!sim_exit_status(*state, "all"))
		assert_log(*state, "all", "together 22");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_adds),
		cmocka_unit_test_setup_teardown(it_adds_in_threads, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
