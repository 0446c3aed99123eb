/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "keeper.h"

static void handles(void **state)
{
	(void)state;
	if (keep_careful("one"))
		assert_int_equal(kept(), 1);
	keep_careful("two");
}

static void notices(void **state)
{
	(void)state;
	assert_true(keep_careful("one"));
}

static void crashes(void **state)
{
	(void)state;
	keep_careful("one");
	keep_careless("two");
}

static void leaks(void **state)
{
	(void)state;
	keep_leaky("one");
}

static void hangs(void **state)
{
	(void)state;
	keep_stubborn("one");
}

static void goes_wild(void **state)
{
	(void)state;
	keep_wild("a long text");
}

static void main_is_well(void **state)
{
	sim_run(*state, "keeper", SIM_FOREVER);
}

static void main_is_stopped(void **state)
{
	deed = BADLY;
	sim_start(*state, "keeper");
	deed = BADLY;
	sim_run(*state, NULL, 1000);
}

static void fails_anyway(void **state)
{
	(void)state;
	assert_false(keep_careful("one"));
}

static void has_none(void **state)
{
	(void)state;
	assert_int_equal(kept(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handles),
		cmocka_unit_test(notices),
		cmocka_unit_test(crashes),
		cmocka_unit_test(leaks),
		cmocka_unit_test(hangs),
		cmocka_unit_test(goes_wild),
		cmocka_unit_test_setup_teardown(main_is_well, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(main_is_stopped, sim_setup, sim_teardown),
		cmocka_unit_test(fails_anyway),
		cmocka_unit_test(has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
