/* SPDX-License-Identifier: Apache-2.0 */
/* One test in a process of its own. */
#include "supervise.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "backtrace.h"
#include "capacity.h"
#include "carrier.h"
#include "machine.h"
#include "onetest.h"
#include "panic.h"
#include "sanitizer.h"
#include "simdevice.h"
#include "site.h"
#include "thread.h"

enum { SIGNAL_STACK = 0x20000 };

static struct {
	const struct CMUnitTest *test;
	int report;
	pid_t pid;
	bool skipped, ended;
	uint64_t heap;			/* of the services when it ended, if that is of interest */
} now;

/* Of stdout, which would allocate one, and that looks like a leak. */
__attribute__((section("ms_open")))
static char buffer[BUFSIZ];

int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown);
void __real__skip(const char *file, int line);
void __wrap__skip(const char *file, int line);

/* Its number in its service. */
static unsigned thread_on(const struct carrier *c)
{
	for (uint32_t i = 0; i < THREAD_MAX; i++)
		if (&thread_at(i)->context == c->context)
			return thread_at(i)->number;
	return 0;
}

/* The first counts. */
static void report(struct outcome *o)
{
	const struct carrier *c = carrier_running();

	if (getpid() != now.pid)	/* a copy that the test itself has made */
		_exit(2);
	o->faults = device_faults()->count;
	o->fault_pc = device_faults()->own_pc;
	o->fault_service = device_faults()->service;
	o->fault_cause = device_faults()->cause;
	o->ended = now.ended;
	o->heap = now.heap;
	if (c) {
		snprintf(o->service, sizeof(o->service), "%s", c->area->instance.facts->name);
		o->thread = thread_on(c);
	}
	if (write(now.report, o, sizeof(*o)) != sizeof(*o))
		_exit(2);
}

/* The kernel may be closed: a service may be running. */
static void died(int number, siginfo_t *info, void *context)
{
	struct outcome o = { .kind = number == SIGTERM ? OUTCOME_STUCK : OUTCOME_CRASH, .signal = number };

	(void)info;
	pages_open_kernel();
	o.pc = backtrace_program(machine_pc(context));
	report(&o);
	_exit(2);
}

static void found(void)
{
	struct outcome o = { .kind = OUTCOME_SANITIZER };

	pages_open_kernel();
	report(&o);
}

static void catch_signals(const int *signals, size_t count)
{
	struct sigaction action = { .sa_sigaction = died, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < count; i++)
		sigaction(signals[i], &action, NULL);
}

/* cmocka takes these for a failed assertion, and goes on in a process that is broken. */
static void catch_crashes(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGSYS };

	catch_signals(signals, sizeof(signals) / sizeof(*signals));
}

static void catch_all(void)
{
	static const int others[] = { SIGTRAP, SIGABRT, SIGTERM };

	catch_crashes();
	catch_signals(others, sizeof(others) / sizeof(*others));
}

static int setup(void **state)
{
	catch_crashes();
	return now.test->setup_func(state);
}

static int teardown(void **state)
{
	carrier_forsake();
	catch_crashes();
	return now.test->teardown_func(state);
}

static void body(void **state)
{
	catch_crashes();
	now.test->test_func(state);
	now.ended = true;
	if (site_watched())
		now.heap = device_heap_used();
}

void __wrap__skip(const char *file, int line)
{
	now.skipped = true;
	__real__skip(file, line);
}

static void take_signal_stack(void)
{
	stack_t s = { .ss_size = SIGNAL_STACK };

	s.ss_sp = mmap(NULL, SIGNAL_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (s.ss_sp == MAP_FAILED || sigaltstack(&s, NULL))
		panic_errno("cannot take a signal's stack");
}

void onetest_begin(int to)
{
	now.report = to;
	now.pid = getpid();
	take_signal_stack();
	catch_all();
	sanitizer_on_finding(found);
	setvbuf(stdout, buffer, _IOLBF, sizeof(buffer));
}

enum test_verdict onetest_verdict(const struct group *g, const struct CMUnitTest *test)
{
	struct CMUnitTest ours = *test;

	now.test = test;
	now.skipped = false;
	ours.test_func = body;
	ours.setup_func = test->setup_func ? setup : NULL;
	ours.teardown_func = test->teardown_func ? teardown : NULL;
	int failed = __real__cmocka_run_group_tests(g->name, &ours, 1, g->setup, g->teardown);

	carrier_forsake();
	return failed ? TEST_FAILED : now.skipped ? TEST_SKIPPED : TEST_PASSED;
}

void onetest_run(const struct group *g, const struct CMUnitTest *test, int to)
{
	struct outcome o = { .kind = OUTCOME_VERDICT };

	onetest_begin(to);
	size_t allocated = sanitizer_allocated();

	o.verdict = onetest_verdict(g, test);
	if (o.verdict == TEST_PASSED && sanitizer_leaks(allocated))
		o.verdict = TEST_FAILED;
	fflush(NULL);
	report(&o);
	_exit(0);
}

void onetest_pass(void)
{
	struct outcome o = { .kind = OUTCOME_VERDICT, .verdict = TEST_PASSED };

	fflush(NULL);
	if (!now.pid)	/* under a debugger nobody waits for a report */
		_exit(0);
	report(&o);
	_exit(0);
}
