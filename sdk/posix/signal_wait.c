/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "signals.h"

static struct queue waiters;

/* With the lock, without it afterwards. */
static int wait_until(struct thread *self, uint64_t until)
{
	return posix_wait(self, &(struct wait){ .queue = &waiters, .until = until, .attend = ATTEND_SIGNAL | ATTEND_CANCEL });
}

/* One of `set`: its number, or 0, and *rc says why not. */
static int take(struct thread *self, uint64_t set, uint64_t until, siginfo_t *info, int *rc)
{
	int number;

	posix_lock(self);
	self->takes = set;
	posix_attention(self);
	number = signal_take(self, set, info);
	if (number)
		posix_unlock(self);
	else
		*rc = wait_until(self, until);
	posix_lock(self);
	if (!number)
		number = signal_take(self, set, info);
	self->takes = 0;
	posix_attention(self);
	posix_unlock(self);
	return number;
}

static int wait_for(const sigset_t *set, uint64_t until, siginfo_t *info)
{
	struct thread *self = posix_self();
	siginfo_t unused;
	int number, rc = 0;

	posix_attend(self, true);
	for (;;) {
		number = take(self, *set, until, info ? info : &unused, &rc);
		if (number)
			return number;
		if (posix_attend(self, true))
			rc = EINTR;
		else if (rc == EINTR)
			continue;
		errno = rc == ETIMEDOUT ? EAGAIN : rc;
		return -1;
	}
}

int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	return wait_for(set, MS_FOREVER, info);
}

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *time)
{
	uint64_t nsec = MS_FOREVER, now = ms_clock();

	if (time && (posix_time(time, &nsec) || time->tv_sec < 0)) {
		errno = EINVAL;
		return -1;
	}
	return wait_for(set, nsec > MS_FOREVER - now ? MS_FOREVER : now + nsec, info);
}

int sigwait(const sigset_t *set, int *number)
{
	int taken, before = errno;

	while ((taken = wait_for(set, MS_FOREVER, NULL)) < 0)
		;
	errno = before;
	*number = taken;
	return 0;
}

/* Until a handler has run. */
static int suspend(struct thread *self)
{
	do {
		posix_attend(self, true);
		posix_lock(self);
		wait_until(self, MS_FOREVER);
	} while (!posix_attend(self, true));
	errno = EINTR;
	return -1;
}

struct suspended { struct thread *self; uint64_t blocked; };

static void restore(void *at)
{
	struct suspended *s = at;

	signal_block(s->self, s->blocked);
}

int sigsuspend(const sigset_t *set)
{
	struct suspended s = { .self = posix_self() };

	s.blocked = signal_block(s.self, *set);
	pthread_cleanup_push(restore, &s);
	if (!posix_attend(s.self, true))
		suspend(s.self);
	pthread_cleanup_pop(1);
	posix_attend(s.self, false);
	errno = EINTR;
	return -1;
}

int pause(void)
{
	return suspend(posix_self());
}
