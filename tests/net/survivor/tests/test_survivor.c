/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

static void it_outlives_the_network(void **state)
{
	struct sim *sim = *state;
	static const char *const said[] = { "a poll: 1 with all of it", "a receive: reset", "a send: reset", "an old one: reset",
					    "a new one: success", "its other end: success", "closing: success" };

	sim_start(sim, "net-loopback");
	sim_run(sim, "survivor", 2000);
	assert_int_equal(sim_run_count(sim, "net-loopback"), 2);
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		assert_log(sim, "survivor", said[i]);
	assert_ended(sim, "survivor");
	assert_int_equal(sim_run_count(sim, "survivor"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_outlives_the_network, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
