/* SPDX-License-Identifier: Apache-2.0 */
#include "clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "fake_port.h"

#define SEC UINT64_C(1000000000)

static struct { uint64_t at[64]; unsigned count; } fired;

static void note(struct timer *t)
{
	(void)t;
	fired.at[fired.count++ % 64] = clock_now();
}

static void begin(uint32_t ticks)
{
	fake_reset(ticks);
	fired.count = 0;
	core_init();
	clock_run();
}

static void the_clock_starts_at_zero_and_counts_ticks(void **state)
{
	(void)state;
	begin(12345);
	assert_int_equal(clock_now(), 0);
	fake_pass(400);
	assert_int_equal(clock_now(), 400);
}

/* The counter turns every 171.8 s: the alarm must look often enough that no turn is missed. */
static void the_clock_does_not_jump_when_the_counter_wraps(void **state)
{
	(void)state;
	begin(UINT32_MAX - 10);
	for (unsigned hour = 1; hour <= 48; hour++) {
		fake_pass(3600 * SEC);
		assert_int_equal(clock_now(), hour * 3600 * SEC);
	}
	assert_int_equal(clock_stamp().sec, 48 * 3600);
	assert_int_equal(clock_stamp().nsec, 0);
}

static void a_timer_fires_on_time_however_far_it_is(void **state)
{
	static const uint64_t when[] = { 1, 39, 40, 41, 1000, SEC, 4 * SEC - 1, 4 * SEC, 4 * SEC + 1, 8 * SEC, 171 * SEC, 172 * SEC, 1000 * SEC };
	struct timer t;
	(void)state;

	for (unsigned i = 0; i < sizeof(when) / sizeof(*when); i++) {
		begin(UINT32_MAX - 1000);
		timer_init(&t, note);
		timer_start(&t, when[i]);
		clock_run();
		fake_pass(2000 * SEC);
		assert_int_equal(fired.count, 1);
		assert_true(fired.at[0] >= when[i] && fired.at[0] < when[i] + 40);
	}
}

static struct timer periodic;
static unsigned periods;

static void again(struct timer *t)
{
	note(t);
	if (++periods < 10000)
		timer_start(t, t->when + 12345678);
}

static void ten_thousand_periods_do_not_drift(void **state)
{
	(void)state;
	begin(1);
	periods = 0;
	timer_init(&periodic, again);
	timer_start(&periodic, 12345678);
	clock_run();
	fake_pass(200 * SEC);
	assert_int_equal(periods, 10000);
	assert_true(fired.at[9999 % 64] - UINT64_C(123456780000) < 40);
}

static void timers_fire_in_order_and_equals_as_they_were_started(void **state)
{
	static const uint64_t when[] = { 500, 100, 500, 300, 100 };
	struct timer t[5];
	(void)state;

	begin(0);
	for (unsigned i = 0; i < 5; i++) {
		timer_init(&t[i], note);
		timer_start(&t[i], when[i] * 1000);
	}
	timer_stop(&t[3]);
	timer_stop(&t[3]);
	assert_false(timer_running(&t[3]));
	assert_true(timer_running(&t[2]));
	clock_run();
	fake_pass(SEC);
	assert_int_equal(fired.count, 4);
	assert_int_equal(fired.at[0], 100000);
	assert_int_equal(fired.at[1], 100000);
	assert_int_equal(fired.at[2], 500000);
}

static void a_timer_in_the_past_fires_at_once(void **state)
{
	struct timer t;
	(void)state;

	begin(0);
	fake_pass(SEC);
	timer_init(&t, note);
	timer_start(&t, 5);
	clock_run();
	assert_int_equal(fired.count, 1);
}

static void a_timer_that_is_started_again_fires_once_at_the_later_time(void **state)
{
	struct timer t;
	(void)state;

	begin(0);
	timer_init(&t, note);
	timer_start(&t, 1000);
	timer_start(&t, 9000);
	clock_run();
	fake_pass(SEC);
	assert_int_equal(fired.count, 1);
	assert_true(fired.at[0] >= 9000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clock_starts_at_zero_and_counts_ticks),
		cmocka_unit_test(the_clock_does_not_jump_when_the_counter_wraps),
		cmocka_unit_test(a_timer_fires_on_time_however_far_it_is),
		cmocka_unit_test(ten_thousand_periods_do_not_drift),
		cmocka_unit_test(timers_fire_in_order_and_equals_as_they_were_started),
		cmocka_unit_test(a_timer_in_the_past_fires_at_once),
		cmocka_unit_test(a_timer_that_is_started_again_fires_once_at_the_later_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
