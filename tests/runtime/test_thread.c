/* SPDX-License-Identifier: Apache-2.0 */
/* Who runs, and for how long. */
#include "thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "fake_port.h"
#include "services.h"

#define MSEC UINT64_C(1000000)

static struct test_service memory[3];
static const char *const name[] = { "a", "b", "c" };

/* Three services of these priorities, all ready. */
static void begin(uint8_t a, uint8_t b, uint8_t c)
{
	const uint8_t priority[] = { a, b, c };

	fake_reset(0);
	core_init();
	for (unsigned i = 0; i < 3; i++) {
		struct service_plan p = test_plan(&memory[i], name[i], i + 1, priority[i]);

		assert_int_equal(service_add(&p), MS_OK);
	}
	service_start_all();
	fake_leave();
}

static char running(void)
{
	return core_current() ? (char)('a' + core_current()->service->plan.id - 1) : '-';
}

static void the_highest_priority_runs_and_equals_wait_in_order(void **state)
{
	(void)state;
	begin(5, 9, 9);
	assert_int_equal(running(), 'b');
	fake_call(MS_SYS_clock_sleep, UINT32_MAX, UINT32_MAX, 0, 0, 0, 0);
	assert_int_equal(running(), 'c');
	fake_call(MS_SYS_clock_sleep, UINT32_MAX, UINT32_MAX, 0, 0, 0, 0);
	assert_int_equal(running(), 'a');
	fake_call(MS_SYS_clock_sleep, UINT32_MAX, UINT32_MAX, 0, 0, 0, 0);
	assert_int_equal(running(), '-');
}

static void yield_goes_round_among_equals_only(void **state)
{
	(void)state;
	begin(9, 9, 5);
	for (unsigned i = 0; i < 6; i++) {
		assert_int_equal(running(), i % 2 ? 'b' : 'a');
		fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	}
}

/* Milliseconds that each ran while none gives way. */
static void share(unsigned msec, unsigned ran[3])
{
	for (unsigned i = 0; i < msec; i++) {
		fake_pass(MSEC);
		ran[running() - 'a']++;
	}
}

static void equals_that_never_give_way_share_by_their_quantum(void **state)
{
	unsigned ran[3] = { 0 };
	(void)state;

	begin(9, 9, 9);
	share(3000, ran);
	for (unsigned i = 0; i < 3; i++)
		assert_in_range(ran[i], 980, 1020);
}

/* It may have to share again later, so that must work as well. */
static void the_quantum_stops_when_nobody_waits_and_comes_back(void **state)
{
	unsigned ran[3] = { 0 };
	(void)state;

	begin(9, 9, 5);
	share(100, ran);
	while (running() != 'b')
		fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	uint64_t until = clock_now() + 500 * MSEC;

	fake_call(MS_SYS_clock_sleep, (uint32_t)until, until >> 32, 0, 0, 0, 0);
	share(400, ran);
	assert_true(ran[0] >= 440);
	ran[0] = ran[1] = 0;
	share(1100, ran);
	assert_in_range(ran[0], 500, 700);
	assert_in_range(ran[1], 400, 600);
}

static void a_lower_one_gets_nothing_from_one_that_never_gives_way(void **state)
{
	unsigned ran[3] = { 0 };
	(void)state;

	begin(9, 8, 7);
	share(1000, ran);
	assert_int_equal(ran[0], 1000);
}

static void a_sleeper_of_higher_priority_runs_the_moment_it_wakes(void **state)
{
	uint64_t until = 1234567;
	(void)state;

	begin(9, 5, 5);
	fake_call(MS_SYS_clock_sleep, (uint32_t)until, until >> 32, 0, 0, 0, 0);
	fake_pass(until - 100);
	assert_int_not_equal(running(), 'a');
	fake_pass(200);
	assert_int_equal(running(), 'a');
	assert_int_equal(core_context(core_current())->status, MS_OK);
}

static void a_sleep_into_the_past_returns_at_once(void **state)
{
	(void)state;
	begin(9, 5, 5);
	fake_pass(50 * MSEC);
	struct thread *t = fake_call(MS_SYS_clock_sleep, 1, 0, 0, 0, 0, 0);

	assert_ptr_equal(core_current(), t);
	assert_int_equal(core_context(t)->results, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_highest_priority_runs_and_equals_wait_in_order),
		cmocka_unit_test(yield_goes_round_among_equals_only),
		cmocka_unit_test(equals_that_never_give_way_share_by_their_quantum),
		cmocka_unit_test(the_quantum_stops_when_nobody_waits_and_comes_back),
		cmocka_unit_test(a_lower_one_gets_nothing_from_one_that_never_gives_way),
		cmocka_unit_test(a_sleeper_of_higher_priority_runs_the_moment_it_wakes),
		cmocka_unit_test(a_sleep_into_the_past_returns_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
