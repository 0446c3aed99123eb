/* SPDX-License-Identifier: Apache-2.0 */
/* The network as good as it is, and as bad as a test says. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <ms/abi/network.h>
#include <ms/sim.h>

static struct fate { unsigned came, overtaken, soonest, latest; } fate_of(struct sim *sim)
{
	struct fate f;

	sim_run(sim, "storm", 20000);
	assert_int_equal(sim_exit_status(sim, "storm"), 0);
	assert_int_equal(sscanf(sim_log_line(sim, "storm", 0), "datagrams: %u of 200 came, %u overtaken, in %u to %u ms", &f.came, &f.overtaken, &f.soonest,
				&f.latest), 4);
	return f;
}

/* The test in the place of net-weather. */
static int set(struct sim *sim, uint32_t loss, uint32_t delay, uint32_t jitter, uint32_t seed)
{
	struct ms_network_weather w = { loss, delay, jitter, seed };
	int32_t handle = 0x40000000 | MS_NETWORK_WEATHER_VERSION << 8;

	sim_start(sim, "net-loopback");
	return sim_call(sim, "net-weather", handle, MS_NETWORK_WEATHER_SET, &w, sizeof(w), NULL, NULL);
}

static void on_a_good_day_all_comes_in_order(void **state)
{
	sim_start(*state, "net-loopback");
	struct fate f = fate_of(*state);

	assert_int_equal(f.came, 200);
	assert_int_equal(f.overtaken, 0);
	assert_in_range(f.latest, 0, 1);
	assert_log(*state, "storm", "stream: 300 bytes came, 0 wrong, at once");
}

static void in_bad_weather_some_are_lost_and_some_late(void **state)
{
	assert_int_equal(set(*state, 100, 20, 30, 7), 0);
	struct fate f = fate_of(*state);

	assert_in_range(f.came, 160, 195);
	assert_in_range(f.overtaken, 5, 100);
	assert_in_range(f.soonest, 20, 25);
	assert_in_range(f.latest, 45, 52);
	assert_log(*state, "storm", "stream: 300 bytes came, 0 wrong, late");
}

static void a_delay_alone_keeps_the_order(void **state)
{
	assert_int_equal(set(*state, 0, 40, 0, 0), 0);
	struct fate f = fate_of(*state);

	assert_int_equal(f.came, 200);
	assert_int_equal(f.overtaken, 0);
	assert_in_range(f.soonest, 40, 42);
	assert_in_range(f.latest, 40, 42);
}

static void when_all_is_lost_nothing_comes(void **state)
{
	assert_int_equal(set(*state, 1000, 0, 0, 1), 0);
	sim_run(*state, "storm", 20000);
	assert_log(*state, "storm", "datagrams: 0 of 200 came");
	assert_log(*state, "storm", "stream: 300 bytes came, 0 wrong, late");
}

static void its_own_main_makes_the_weather_of_its_manifest(void **state)
{
	sim_start(*state, "net-loopback");
	sim_run(*state, "net-weather", 10);
	assert_log(*state, "net-weather", "100 of 1000 lost, 20 ms on the way, and up to 30 more: so be it");
	assert_in_range(fate_of(*state).came, 160, 195);
}

static void weather_that_cannot_be_is_refused(void **state)
{
	assert_int_equal(set(*state, 1001, 0, 0, 1), -22);
	assert_int_equal(set(*state, 0, MS_NETWORK_WEATHER_MSEC_MAX + 1, 0, 1), -22);
	assert_int_equal(set(*state, 0, 0, MS_NETWORK_WEATHER_MSEC_MAX + 1, 1), -22);
	assert_int_equal(fate_of(*state).came, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(on_a_good_day_all_comes_in_order, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(in_bad_weather_some_are_lost_and_some_late, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_delay_alone_keeps_the_order, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(when_all_is_lost_nothing_comes, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(its_own_main_makes_the_weather_of_its_manifest, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(weather_that_cannot_be_is_refused, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
