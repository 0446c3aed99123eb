/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>
#include <stddef.h>

#include "timers.h"
#include "wall.h"

#define REST_NSEC 50000		/* between two rounds, so that timers of a shorter period leave others something; what is missed is counted */

static struct queue keeper;

void timer_keeper_look(void)
{
	posix_wake(&keeper);
}

/* On the kernel's clock. */
static uint64_t due(const struct timer *t)
{
	int64_t at = (int64_t)t->until - (t->counts == CLOCK_REALTIME ? wall_offset() : 0);

	return t->until == MS_FOREVER ? MS_FOREVER : at < 0 ? 0 : (uint64_t)at;
}

/* Its time has come: how often was it missed, and when is the next? */
static uint64_t move_on(struct timer *t, uint64_t now)
{
	uint64_t late = now - t->until, missed = 0;

	t->armed = t->interval != 0;
	if (t->armed) {
		missed = late / t->interval;
		t->until += (missed + 1) * t->interval;
	}
	return missed;
}

static void add_overrun(struct timer *t, uint64_t more)
{
	uint64_t sum = (uint64_t)t->signal.overrun + more;

	t->signal.overrun = sum > DELAYTIMER_MAX ? DELAYTIMER_MAX : (int)sum;
}

/* Those that came after the last round, too. */
static void count_missed(struct signal *s)
{
	struct timer *t = (struct timer *)(void *)((char *)s - offsetof(struct timer, signal));

	uint64_t now = posix_now(t->counts);

	if (t->armed && now >= t->until)
		add_overrun(t, move_on(t, now) + 1);
}

/* With the lock, also afterwards. */
static void expire(struct thread *self, struct timer *t)
{
	struct sigevent event = t->event;
	uint64_t missed = move_on(t, posix_now(t->counts));

	if (event.sigev_notify == SIGEV_THREAD) {
		t->signal.last_overrun = 0;
		posix_unlock(self);
		event_thread(&event);
		posix_lock(self);
	} else if (event.sigev_notify == SIGEV_SIGNAL && t->signal.queued) {
		add_overrun(t, missed + 1);
	} else if (event.sigev_notify == SIGEV_SIGNAL) {
		t->signal.overrun = 0;
		add_overrun(t, missed);
		signal_of_timer = count_missed;
		signal_queue(self, &t->signal);
	}
}

/* With the lock: one whose time has come, or NULL, and when the first comes. */
static struct timer *next_due(uint64_t now, uint64_t *first)
{
	*first = MS_FOREVER;
	for (struct timer *t = timers; t; t = t->next) {
		uint64_t at = due(t);

		if (!t->armed)
			continue;
		if (at <= now)
			return t;
		if (at < *first)
			*first = at;
	}
	return NULL;
}

static void *keep(void *unused)
{
	struct thread *self = posix_self();
	struct timer *t;
	uint64_t now, first;

	posix_lock(self);
	self->blocked = UINT64_MAX;
	posix_live--;
	for (;;) {
		now = ms_clock();
		while ((t = next_due(now, &first)))
			expire(self, t);
		if (first < now + REST_NSEC)
			first = now + REST_NSEC;
		posix_wait(self, &(struct wait){ .queue = &keeper, .until = first });
		posix_lock(self);
	}
	return unused;
}

/* At the highest priority that is granted. */
static int start(void)
{
	struct sched_param p = { .sched_priority = PRIORITY_MAX };
	pthread_attr_t a;
	pthread_t thread;
	int rc;

	pthread_attr_init(&a);
	pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN);
	do {
		pthread_attr_setschedparam(&a, &p);
		rc = pthread_create(&thread, &a, keep, NULL);
	} while (rc == EPERM && --p.sched_priority);
	return rc;
}

int timer_keeper_start(struct thread *self)
{
	static uint32_t once;		/* 0: none yet; 1: somebody makes it */
	int rc;

	if (!swap(&once, 0, 1))
		return 0;
	(void)self;
	rc = start();
	if (rc)
		__atomic_store_n(&once, 0, __ATOMIC_RELEASE);
	else
		clock_set_hook = timer_keeper_look;
	return rc;
}
