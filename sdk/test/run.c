/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A test program on a board.  Each test has a start of the program of its own:
 * when it is over the program ends as if it had failed, and the kernel starts
 * it again, with fresh memory, for the next.  So a test that takes the program
 * with it takes nothing else.
 *
 * The test runs on a thread beside the main one, which is the service's
 * (served.h); a third, above both, watches the time.
 */
#include "run.h"

#include <stdarg.h>
#include <stdio.h>

#include <ms/syscall.h>

#include <cmocka.h>

#include "frame.h"
#include "mock.h"
#include "served.h"
#include "testframe.h"

enum { TEST_STACK = 16384, WATCH_STACK = 2048, PRIORITY_MAX = 31, REASON_MAX = 240, NSEC_PER_MSEC = 1000000 };

int __wrap_main(int argc, char **argv);

static __attribute__((aligned(32))) char test_stack[TEST_STACK], watch_stack[WATCH_STACK];

static struct {
	bool listing, counting;
	uint32_t seen, total;		/* tests of the program so far; all */
	uint32_t target;		/* which of them runs now */
	const char *group;
} plan;

static struct {
	jmp_buf back;
	int thread;
	enum test_verdict verdict;
	char reason[REASON_MAX];
	uint64_t begun;
	uint32_t limit_msec;		/* of the board's clock */
} test;

static uint32_t now_msec(void)
{
	return (uint32_t)(ms_clock() / NSEC_PER_MSEC);
}

/* The next test's turn: by another start. */
static _Noreturn void end_test(enum test_verdict verdict, const char *reason)
{
	frame_format("end %d %lu %s", verdict, (unsigned long)((ms_clock() - test.begun) / 1000), reason);
	ms_exit(1);
}

/* The first word counts. */
static void conclude(enum test_verdict verdict, const char *format, va_list args)
{
	if (test.verdict != TEST_PASSED)
		return;
	test.verdict = verdict;
	vsnprintf(test.reason, sizeof(test.reason), format, args);
}

static void conclude_failed(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	conclude(TEST_FAILED, format, args);
	va_end(args);
}

/* Out of the test; from a thread that is not its own, out of the program. */
static _Noreturn void leave(void)
{
	if (ms_thread_self() != test.thread)
		end_test(test.verdict, test.reason);
	longjmp(test.back, 1);
}

_Noreturn void ms_boardtest_fail(const char *file, int line, const char *format, ...)
{
	char why[REASON_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	conclude_failed("%s (%s:%d)", why, file, line);
	leave();
}

_Noreturn void ms_boardtest_skip(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	conclude(TEST_SKIPPED, format, args);
	va_end(args);
	leave();
}

void print_message(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	frame_say(format, args);
	va_end(args);
}

void print_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	frame_say(format, args);
	va_end(args);
}

static void fixture(CMFixtureFunction f, const char *what, void **state)
{
	if (!f || setjmp(test.back))
		return;
	if (f(state))
		conclude_failed("the %s failed", what);
}

static void body(const struct CMUnitTest *t, void **state)
{
	if (setjmp(test.back))
		return;
	t->test_func(state);
	mock_end();
}

static _Noreturn void run_one(const struct CMUnitTest *t, CMFixtureFunction setup, CMFixtureFunction teardown)
{
	void *group_state = NULL, *state;

	frame_format("begin %s", t->name);
	test.begun = ms_clock();
	test.limit_msec = now_msec() + boardtest_orders.timeout_msec;
	fixture(setup, "group's set-up", &group_state);
	state = t->initial_state ? t->initial_state : group_state;
	if (test.verdict == TEST_PASSED)
		fixture(t->setup_func, "set-up", &state);
	if (test.verdict == TEST_PASSED)
		body(t, &state);
	fixture(t->teardown_func, "tear-down", &state);
	fixture(teardown, "group's tear-down", &group_state);
	end_test(test.verdict, test.reason);
}

/* The program's main comes here once to count, and again to run one. */
int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
			    CMFixtureFunction setup, CMFixtureFunction teardown)
{
	if (!plan.group)
		plan.group = name;
	for (size_t i = 0; plan.listing && i < count; i++)
		frame_format("name %s", tests[i].name);
	if (!plan.counting && plan.target - plan.seen < count)
		run_one(&tests[plan.target - plan.seen], setup, teardown);
	plan.seen += (uint32_t)count;
	return 0;
}

static _Noreturn void list(void)
{
	frame_tell("plan 0 list");
	plan.listing = plan.counting = true;
	ms_boardtest_main();
	frame_tell("done");
	ms_exit(0);
}

static void run(void *unused)
{
	uint32_t count = boardtest_orders.count;
	uint64_t starts = 1;

	(void)unused;
	test.thread = ms_thread_self();
	if (boardtest_orders.list)
		list();
	plan.counting = true;
	ms_boardtest_main();
	plan.total = plan.seen;
	plan.seen = 0;
	plan.counting = false;
	ms_info(MS_INFO_RUN_COUNT, &starts);

	uint32_t turn = (uint32_t)starts - 1, all = count ? count : plan.total;

	if (turn == 0)
		frame_format("plan %lu %s", (unsigned long)all, plan.group ? plan.group : "");
	if (turn < all) {
		plan.target = count ? boardtest_orders.chosen[turn % MS_BOARDTEST_CHOSEN_MAX] : turn;
		ms_boardtest_main();
	}
	if (turn == all)
		frame_tell("done");
	ms_exit(0);
}

void run_allow(uint64_t nsec)
{
	test.limit_msec += (uint32_t)(nsec / NSEC_PER_MSEC);
}

static void watch(void *unused)
{
	uint32_t limit;

	(void)unused;
	for (;;) {
		limit = __atomic_load_n(&test.limit_msec, __ATOMIC_RELAXED);
		if (now_msec() >= limit)
			break;
		ms_sleep_until((uint64_t)limit * NSEC_PER_MSEC);
	}
	end_test(TEST_TIMED_OUT, "it took longer than its time");
}

/* The thread's block lies at the upper end of its stack. */
static int start(void (*entry)(void *), char *stack, size_t size, unsigned priority)
{
	size_t block = (ms_thread_block_size() + 31) & ~(size_t)31;

	ms_thread_block_init(stack + size - block);
	return ms_thread_create(entry, NULL, stack, size - block, stack + size - block, priority);
}

int __wrap_main(int argc, char **argv)
{
	unsigned priority = PRIORITY_MAX;

	test.limit_msec = now_msec() + boardtest_orders.timeout_msec;
	while (priority && start(watch, watch_stack, sizeof(watch_stack), priority) < 0)
		priority--;
	start(run, test_stack, sizeof(test_stack), 0);
	served_wait(argc, argv);
}
