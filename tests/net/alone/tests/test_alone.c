/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void what_was_not_granted_is_said_once(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "alone", 100);
	assert_string_equal(sim_log_line(sim, "alone", 0), "no network: the product grants no 'network' (sid 0x4d530400) to this service");
	for (size_t i = 1; i <= 3; i++)
		assert_string_equal(sim_log_line(sim, "alone", i), "the network is down");
	assert_int_equal(sim_log_count(sim, "alone"), 4);
	assert_ended(sim, "alone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_not_granted_is_said_once, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
