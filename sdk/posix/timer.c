/* SPDX-License-Identifier: Apache-2.0 */
/* Timers' calls.  timer_keeper.c waits for their times. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "timers.h"

struct timer *timers;

static int refuse(int error)
{
	errno = error;
	return -1;
}

/* With the lock. */
static struct timer *find(timer_t id)
{
	struct timer *t = timers;

	while (t && t->id != id)
		t = t->next;
	return t;
}

static int check(clockid_t clock, const struct sigevent *e)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	if (e && e->sigev_notify != SIGEV_NONE && e->sigev_notify != SIGEV_THREAD && e->sigev_notify != SIGEV_SIGNAL)
		return EINVAL;
	if (e && e->sigev_notify == SIGEV_SIGNAL && !signal_is(e->sigev_signo))
		return EINVAL;
	return 0;
}

/* With the lock: into the list, under an id of its own; false: there are too many. */
static bool add(struct timer *t)
{
	static timer_t last;
	unsigned count = 0;

	for (const struct timer *each = timers; each; each = each->next)
		count++;
	if (count >= TIMER_MAX)
		return false;
	t->id = ++last;
	t->next = timers;
	timers = t;
	return true;
}

int timer_create(clockid_t clock, struct sigevent *restrict e, timer_t *restrict id)
{
	struct thread *self = posix_self();
	struct timer *t;
	int rc = check(clock, e);

	if (rc)
		return refuse(rc);
	t = calloc(1, sizeof(*t));
	if (!t || timer_keeper_start(self)) {
		free(t);
		return refuse(EAGAIN);
	}
	t->clock = clock;
	t->event = e ? *e : (struct sigevent){ .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
	posix_lock(self);
	bool added = add(t);

	if (added)
		*id = t->id;
	if (!e)
		t->event.sigev_value.sival_int = (int)t->id;
	posix_unlock(self);
	if (added)
		return 0;
	free(t);
	return refuse(EAGAIN);
}

int timer_delete(timer_t id)
{
	struct thread *self = posix_self();
	struct timer **at = &timers, *t;

	posix_lock(self);
	while (*at && (*at)->id != id)
		at = &(*at)->next;
	t = *at;
	if (t) {
		*at = t->next;
		signal_withdraw(&t->signal);
	}
	posix_unlock(self);
	free(t);
	return t ? 0 : refuse(EINVAL);
}

/* With the lock: what is left, and the period. */
static struct itimerspec setting(const struct timer *t)
{
	uint64_t now = posix_now(t->counts);

	return (struct itimerspec){
		.it_interval = posix_timespec(t->interval),
		.it_value = posix_timespec(!t->armed ? 0 : t->until > now ? t->until - now : 1),
	};
}

int timer_gettime(timer_t id, struct itimerspec *value)
{
	struct thread *self = posix_self();

	posix_lock(self);
	const struct timer *t = find(id);

	if (t)
		*value = setting(t);
	posix_unlock(self);
	return t ? 0 : refuse(EINVAL);
}

/* With the lock. */
static void arm(struct timer *t, int flags, uint64_t first, uint64_t interval)
{
	t->counts = flags & TIMER_ABSTIME ? t->clock : CLOCK_MONOTONIC;
	uint64_t now = posix_now(t->counts);

	t->armed = first != 0;
	t->until = flags & TIMER_ABSTIME ? first : first > MS_FOREVER - now ? MS_FOREVER : now + first;
	t->interval = interval;
	if (!t->signal.queued)
		t->signal = (struct signal){ .value = t->event.sigev_value, .number = (uint8_t)t->event.sigev_signo, .code = SI_TIMER };
	timer_keeper_look();
}

int timer_settime(timer_t id, int flags, const struct itimerspec *restrict value, struct itimerspec *restrict old)
{
	struct thread *self = posix_self();
	uint64_t first = 0, interval = 0;
	bool none = value->it_value.tv_sec < 0 || value->it_interval.tv_sec < 0 || posix_time(&value->it_value, &first) || posix_time(&value->it_interval, &interval);

	posix_lock(self);
	struct timer *t = find(id);

	if (t && !none) {
		struct itimerspec before = setting(t);

		arm(t, flags, first, interval);
		if (old)
			*old = before;
	}
	posix_unlock(self);
	return t && !none ? 0 : refuse(EINVAL);
}

int timer_getoverrun(timer_t id)
{
	struct thread *self = posix_self();

	posix_lock(self);
	const struct timer *t = find(id);
	int overrun = t ? t->signal.last_overrun : -1;

	posix_unlock(self);
	return t ? overrun : refuse(EINVAL);
}
