/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mutexes.  The word is 0 or its owner's tag, so that who finds it free and who gives it up with nobody waiting needs
 * one exchange; else it is handed to the first waiter.
 */
#include <errno.h>

#include "mutex.h"

static struct queue *waiters(pthread_mutex_t *m)
{
	return queue_of(&m->__queue);
}

/* To the first waiter, who may go on at once.  Those that helped the owner must hear of another one. */
static void hand_over(pthread_mutex_t *m)
{
	struct thread *t = waiters(m)->first;

	__atomic_store_n(&m->__word, t ? t->tag | (t->behind ? WAITED : 0) : 0, __ATOMIC_RELEASE);
	posix_wake(waiters(m));
	if (m->__protocol == PTHREAD_PRIO_INHERIT)
		for (t = waiters(m)->first; t; t = t->behind)
			posix_nudge(t);
}

/* With the lock: take it if it is free, else leave word that somebody waits. */
static bool take_or_mark(pthread_mutex_t *m, const struct thread *self)
{
	for (;;) {
		uint32_t seen = __atomic_load_n(&m->__word, __ATOMIC_RELAXED);

		if (!seen && swap(&m->__word, 0, self->tag))
			return true;
		if (seen && ((seen & WAITED) || swap(&m->__word, seen, seen | WAITED)))
			return false;
	}
}

/* 0, ETIMEDOUT or EINTR. */
static int wait_for(pthread_mutex_t *m, struct thread *self, uint64_t until)
{
	posix_lock(self);
	if (take_or_mark(m, self)) {
		posix_unlock(self);
		return 0;
	}
	int rc = posix_wait(self, &(struct wait){
		.queue = waiters(m), .owned = m->__protocol == PTHREAD_PRIO_INHERIT ? &m->__word : NULL,
		.until = until, .clock = CLOCK_REALTIME, .attend = ATTEND_SIGNAL,
	});

	if (!rc)
		return 0;
	posix_lock(self);
	if (!waiters(m)->first)
		__atomic_fetch_and(&m->__word, ~(uint32_t)WAITED, __ATOMIC_RELAXED);
	posix_unlock(self);
	return rc;
}

static int mutex_wait(pthread_mutex_t *m, struct thread *self, uint64_t until)
{
	int rc;

	while ((rc = wait_for(m, self, until)) == EINTR)
		posix_attend(self, false);
	return rc;
}

/* The caller has it already. */
static int again(pthread_mutex_t *m)
{
	if (m->__type == PTHREAD_MUTEX_ERRORCHECK)
		return EDEADLK;
	if (m->__type == PTHREAD_MUTEX_NORMAL)
		return EBUSY;
	if (m->__depth == UINT32_MAX)
		return EAGAIN;
	m->__depth++;
	return 0;
}

/* Without waiting: 0, EBUSY, or why it cannot be had. */
static int try(pthread_mutex_t *m, struct thread *self)
{
	int rc;

	if (m->__state)
		return EINVAL;
	if (mutex_is_own(m, self))
		return again(m);
	rc = mutex_raise(m, self);
	if (rc || swap(&m->__word, 0, self->tag))
		return rc;
	mutex_lower(m, self);
	return EBUSY;
}

static int lock(pthread_mutex_t *m, struct thread *self, uint64_t until)
{
	int rc = mutex_is_own(m, self) ? 0 : mutex_raise(m, self);

	if (!rc && !swap(&m->__word, 0, self->tag)) {
		rc = mutex_wait(m, self, until);
		if (rc)
			mutex_lower(m, self);
	}
	return rc;
}

int pthread_mutex_trylock(pthread_mutex_t *m)
{
	struct thread *self = posix_self();
	int rc = try(m, self);

	return rc == EDEADLK ? EBUSY : rc;
}

int pthread_mutex_lock(pthread_mutex_t *m)
{
	struct thread *self = posix_self();
	int rc;

	if (m->__protocol != PTHREAD_PRIO_PROTECT && swap(&m->__word, 0, self->tag))
		return 0;
	rc = try(m, self);
	return rc == EBUSY ? lock(m, self, MS_FOREVER) : rc;
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict m, const struct timespec *restrict until)
{
	struct thread *self = posix_self();
	uint64_t nsec;
	int rc = try(m, self);

	if (rc != EBUSY)
		return rc;
	rc = posix_time(until, &nsec);
	return rc ? rc : lock(m, self, nsec);
}

int pthread_mutex_unlock(pthread_mutex_t *m)
{
	struct thread *self = posix_self();

	if (!m->__depth && m->__protocol != PTHREAD_PRIO_PROTECT && swap(&m->__word, self->tag, 0))
		return 0;
	if (m->__state)
		return EINVAL;
	if (!mutex_is_own(m, self))
		return EPERM;
	if (m->__depth) {
		m->__depth--;
		return 0;
	}
	posix_lock(self);
	hand_over(m);
	posix_unlock(self);
	mutex_lower(m, self);
	return 0;
}

uint32_t mutex_leave(pthread_mutex_t *m, struct thread *self)
{
	uint32_t depth = m->__depth;
	(void)self;

	m->__depth = 0;
	hand_over(m);
	return depth;
}

void mutex_return(pthread_mutex_t *m, struct thread *self, uint32_t depth)
{
	mutex_wait(m, self, MS_FOREVER);
	m->__depth = depth;
}
