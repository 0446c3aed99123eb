/* SPDX-License-Identifier: Apache-2.0 */
#include "semaphore_of.h"

#include <errno.h>

#include "posix.h"

/* Take one if there is one. */
static bool take(sem_t *s)
{
	uint32_t seen;

	while ((seen = __atomic_load_n(&s->__word, __ATOMIC_RELAXED)) > WAITED)
		if (swap(&s->__word, seen, seen - SEM_ONE))
			return true;
	return false;
}

/* With the lock: take one, or leave word that somebody waits. */
static bool take_or_mark(sem_t *s)
{
	do {
		if (take(s))
			return true;
	} while (__atomic_load_n(&s->__word, __ATOMIC_RELAXED) != WAITED && !swap(&s->__word, 0, WAITED));
	return false;
}

/* 0, ETIMEDOUT or EINTR. */
static int wait_for(sem_t *s, struct thread *self, uint64_t until)
{
	posix_lock(self);
	if (take_or_mark(s)) {
		posix_unlock(self);
		return 0;
	}
	int rc = posix_wait(self, &(struct wait){
		.queue = queue_of(&s->__queue), .until = until, .clock = CLOCK_REALTIME, .attend = ATTEND_SIGNAL | ATTEND_CANCEL,
	});

	if (!rc)
		return 0;
	posix_lock(self);
	if (!s->__queue)
		swap(&s->__word, WAITED, 0);
	posix_unlock(self);
	return rc;
}

static int wait_until(sem_t *s, uint64_t until)
{
	struct thread *self = posix_self();
	int rc;

	while ((rc = wait_for(s, self, until)) == EINTR)
		if (posix_attend(self, true) == INTERRUPTS)
			break;
	return rc ? sem_refuse(rc) : 0;
}

/* Where both begin: 0 when there was one, EINVAL, or EAGAIN: it must be waited for. */
static int begin(sem_t *s)
{
	if (s->__live != SEM_LIVE)
		return EINVAL;
	posix_attend(posix_self(), true);
	return take(s) ? 0 : EAGAIN;
}

int sem_wait(sem_t *s)
{
	int rc = begin(s);

	return rc == EAGAIN ? wait_until(s, MS_FOREVER) : rc ? sem_refuse(rc) : 0;
}

int sem_timedwait(sem_t *restrict s, const struct timespec *restrict until)
{
	uint64_t nsec = 0;
	int rc = begin(s);

	if (rc != EAGAIN)
		return rc ? sem_refuse(rc) : 0;
	rc = posix_time(until, &nsec);
	return rc ? sem_refuse(rc) : wait_until(s, nsec);
}

int sem_trywait(sem_t *s)
{
	if (s->__live != SEM_LIVE)
		return sem_refuse(EINVAL);
	return take(s) ? 0 : sem_refuse(EAGAIN);
}

/* With the lock: to the first waiter, or, when all have gone, into the value. */
static void give(sem_t *s)
{
	const struct thread *t = s->__queue;

	__atomic_store_n(&s->__word, !t ? SEM_ONE : t->behind ? WAITED : 0, __ATOMIC_RELEASE);
	posix_wake(queue_of(&s->__queue));
}

int sem_post(sem_t *s)
{
	uint32_t seen;

	if (s->__live != SEM_LIVE)
		return sem_refuse(EINVAL);
	while (!((seen = __atomic_load_n(&s->__word, __ATOMIC_RELAXED)) & WAITED)) {
		if (seen / SEM_ONE == SEM_VALUE_MAX)
			return sem_refuse(EOVERFLOW);
		if (swap(&s->__word, seen, seen + SEM_ONE))
			return 0;
	}
	struct thread *self = posix_self();

	posix_lock(self);
	bool waited = s->__word == WAITED;

	if (waited)
		give(s);
	posix_unlock(self);
	return waited ? 0 : sem_post(s);
}

int sem_getvalue(sem_t *restrict s, int *restrict value)
{
	if (s->__live != SEM_LIVE)
		return sem_refuse(EINVAL);
	*value = (int)(__atomic_load_n(&s->__word, __ATOMIC_RELAXED) / SEM_ONE);
	return 0;
}

int sem_init(sem_t *s, int shared, unsigned value)
{
	(void)shared;
	if (value > SEM_VALUE_MAX)
		return sem_refuse(EINVAL);
	*s = (sem_t){ .__word = value * SEM_ONE, .__live = SEM_LIVE };
	return 0;
}

int sem_destroy(sem_t *s)
{
	if (s->__live != SEM_LIVE)
		return sem_refuse(EINVAL);
	if (__atomic_load_n(&s->__queue, __ATOMIC_ACQUIRE))
		return sem_refuse(EBUSY);
	s->__live = 0;
	return 0;
}
