/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

enum { LIVE = RWLOCK_LIVE, FOR_READING = 0, FOR_WRITING = 1 };

/* With the lock: may it be had now?  A reader lets writers go first that wait and are not of a lower priority. */
static bool open(const pthread_rwlock_t *l, struct thread *self, int how)
{
	const struct thread *writer = l->__write_queue;

	if (l->__writer || (how == FOR_WRITING && l->__readers))
		return false;
	return how == FOR_WRITING || !writer || posix_priority(self, self) > writer->priority;
}

static void take(pthread_rwlock_t *l, const struct thread *t, int how)
{
	if (how == FOR_WRITING)
		l->__writer = t->tag;
	else
		l->__readers++;
}

/* With the lock: whoever may have it now. */
static void hand_over(pthread_rwlock_t *l)
{
	struct queue *writers = queue_of(&l->__write_queue), *readers = queue_of(&l->__read_queue);

	if (writers->first && !l->__writer && !l->__readers && !(readers->first && readers->first->priority > writers->first->priority)) {
		take(l, writers->first, FOR_WRITING);
		posix_wake(writers);
	}
	while (!l->__writer && readers->first && (!writers->first || readers->first->priority > writers->first->priority)) {
		take(l, readers->first, FOR_READING);
		posix_wake(readers);
	}
}

/* With the lock. */
static int check(const pthread_rwlock_t *l, const struct thread *self)
{
	return l->__state ? EINVAL : l->__writer == self->tag ? EDEADLK : l->__readers == UINT32_MAX ? EAGAIN : 0;
}

/* 0, EBUSY, EINVAL, EAGAIN, EDEADLK, ETIMEDOUT or EINTR.  `until`: NULL does not wait. */
static int attempt(pthread_rwlock_t *l, struct thread *self, int how, const uint64_t *until)
{
	posix_lock(self);
	int rc = check(l, self);

	if (!rc && open(l, self, how))
		take(l, self, how);
	else if (!rc)
		rc = EBUSY;
	if (rc != EBUSY || !until) {
		posix_unlock(self);
		return rc;
	}
	rc = posix_wait(self, &(struct wait){
		.queue = queue_of(how == FOR_WRITING ? &l->__write_queue : &l->__read_queue),
		.owned = &l->__writer, .until = *until, .clock = CLOCK_REALTIME, .attend = ATTEND_SIGNAL,
	});
	if (!rc)
		return 0;
	posix_lock(self);
	hand_over(l);		/* readers may have waited for this writer only */
	posix_unlock(self);
	return rc;
}

static int lock(pthread_rwlock_t *l, int how, uint64_t until)
{
	struct thread *self = posix_self();
	int rc;

	while ((rc = attempt(l, self, how, &until)) == EINTR)
		posix_attend(self, false);
	return rc;
}

static int try(pthread_rwlock_t *l, int how)
{
	int rc = attempt(l, posix_self(), how, NULL);

	return rc == EDEADLK ? EBUSY : rc;
}

static int timed(pthread_rwlock_t *l, int how, const struct timespec *until)
{
	uint64_t nsec;
	int rc = attempt(l, posix_self(), how, NULL);

	if (rc != EBUSY)
		return rc;
	rc = posix_time(until, &nsec);
	return rc ? rc : lock(l, how, nsec);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
	return lock(l, FOR_READING, MS_FOREVER);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
	return lock(l, FOR_WRITING, MS_FOREVER);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
	return try(l, FOR_READING);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
	return try(l, FOR_WRITING);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict l, const struct timespec *restrict until)
{
	return timed(l, FOR_READING, until);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict l, const struct timespec *restrict until)
{
	return timed(l, FOR_WRITING, until);
}

int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
	struct thread *self = posix_self();
	int rc = 0;

	posix_lock(self);
	if (l->__state)
		rc = EINVAL;
	else if (l->__writer == self->tag)
		l->__writer = 0;
	else if (l->__readers)
		l->__readers--;
	else
		rc = EPERM;
	if (!rc)
		hand_over(l);
	posix_unlock(self);
	return rc;
}

int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *a)
{
	if (a && a->__live != LIVE)
		return EINVAL;
	*l = (pthread_rwlock_t){ 0 };
	return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
	if (l->__state)
		return EINVAL;
	if (l->__writer || l->__readers || l->__read_queue || l->__write_queue)
		return EBUSY;
	l->__state = GONE;
	return 0;
}

int pthread_rwlockattr_init(pthread_rwlockattr_t *a)
{
	a->__live = LIVE;
	return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *a)
{
	if (a->__live != LIVE)
		return EINVAL;
	a->__live = 0;
	return 0;
}
