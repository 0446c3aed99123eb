/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests run on this computer: `ms test`.  A test calls the service's functions,
 * or switches a simulated device on and looks at what the service logs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "greeting.h"

static void somebody_is_greeted_by_name(void **state)
{
	(void)state;
	char text[40];

	assert_int_equal(greeting_write(text, sizeof(text), "Ada"), 10);
	assert_string_equal(text, "Hello, Ada");
	greeting_write(text, sizeof(text), "");
	assert_string_equal(text, "Hello, world");
}

static void a_long_greeting_is_cut(void **state)
{
	(void)state;
	char text[9];

	assert_int_equal(greeting_write(text, sizeof(text), "Ada"), 10);
	assert_string_equal(text, "Hello, A");
}

/* Time is virtual: three seconds of the device take none here. */
static void it_greets_and_counts_to_three(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "hello", 5000);
	assert_log(sim, "hello", "Hello, world");
	assert_log(sim, "hello", "3 s");
	assert_int_equal(sim_log_count(sim, "hello"), 4);
	assert_int_equal(sim_state(sim, "hello"), SIM_ENDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_is_greeted_by_name),
		cmocka_unit_test(a_long_greeting_is_cut),
		cmocka_unit_test_setup_teardown(it_greets_and_counts_to_three, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
