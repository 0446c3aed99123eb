/* SPDX-License-Identifier: Apache-2.0 */
#include "attempt.h"

#include <string.h>
#include <sys/wait.h>

#include "child.h"
#include "origin.h"
#include "said.h"

enum test_verdict attempt_stuck(const struct outcome *o, char *reason, size_t size)
{
	if (*o->service)
		snprintf(reason, size, "thread %u of '%s' is busy%s", o->thread, o->service, origin_where(o->pc));
	else
		snprintf(reason, size, "the test is busy%s", origin_where(o->pc));
	return TEST_TIMED_OUT;
}

static enum test_verdict judge(const struct child *c, char *reason, size_t size)
{
	const struct outcome *o = &c->outcome;
	bool whole = c->got == sizeof(*o);

	*reason = '\0';
	if (whole && o->kind == OUTCOME_STUCK)
		return attempt_stuck(o, reason, size);
	if (child_told_to_end() || c->asked_usec)
		return TEST_TIMED_OUT;
	if (whole && o->kind == OUTCOME_SANITIZER) {
		if (*o->service)
			snprintf(reason, size, "in thread %u of '%s': ", o->thread, o->service);
		said_summary(reason + strlen(reason), size - strlen(reason));
		return TEST_FAILED;
	}
	if (whole && o->kind == OUTCOME_CRASH) {
		snprintf(reason, size, "%s%s", strsignal(o->signal), origin_where(o->pc));
		return TEST_CRASHED;
	}
	if (WIFSIGNALED(c->status)) {
		snprintf(reason, size, "%s", strsignal(WTERMSIG(c->status)));
		return TEST_CRASHED;
	}
	if (whole && WEXITSTATUS(c->status) == 0) {
		said_summary(reason, size);
		return o->verdict;
	}
	snprintf(reason, size, "the program ended itself with status %d", WEXITSTATUS(c->status));
	return TEST_EXITED;
}

/* In the child. */
static void run_attempt(void *context, int report)
{
	const struct attempt *a = context;

	schedule_begin(a->schedule);
	onetest_run(a->group, a->test, report);
}

enum test_verdict attempt_run(struct schedule *s, void *context)
{
	struct attempt *a = context;
	struct child c = { .tick = a->tick };

	said_clear();
	a->schedule = s;
	child_start(&c, run_attempt, a);
	child_listen(&c);
	a->usec += c.usec;
	return judge(&c, a->reason, sizeof(a->reason));
}

/* In a process of its own, by the device's order of threads. */
void attempt_on_device(void *context, uint64_t limit_usec, struct sweep_run *run)
{
	struct attempt *a = context;
	struct child c = { .limit_usec = limit_usec };

	said_clear();
	a->schedule = schedule_shared();
	a->schedule->kind = SCHEDULE_DEVICE;
	a->schedule->plain = true;
	child_start(&c, run_attempt, a);
	child_listen(&c);
	a->usec += c.usec;
	run->verdict = judge(&c, run->reason, sizeof(run->reason));
	run->outcome = c.outcome;
	run->usec = c.usec;
}
