/* SPDX-License-Identifier: Apache-2.0 */
/* Each passes in the order in which a device runs threads that nobody interrupts. `ms test --schedules 200` tries others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

enum { LONG_ENOUGH_MSEC = 1000 };

static void the_money_is_all_there_and_the_letter_arrives(void **state)
{
	sim_run(*state, "bank", LONG_ENOUGH_MSEC);
	assert_ended(*state, "bank");
	assert_log(*state, "bank", "letter 7");
	assert_log(*state, "bank", "left: 80");
	assert_log(*state, "bank", "right: 120");
}

static void a_hasty_bank_comes_to_its_end(void **state)
{
	sim_run(*state, "hasty", LONG_ENOUGH_MSEC);
	assert_ended(*state, "hasty");
}

static void a_deaf_reader_gets_its_letter(void **state)
{
	sim_run(*state, "deaf", LONG_ENOUGH_MSEC);
	assert_ended(*state, "deaf");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_money_is_all_there_and_the_letter_arrives, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_hasty_bank_comes_to_its_end, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_deaf_reader_gets_its_letter, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
