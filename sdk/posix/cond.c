/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

static struct queue *waiters(pthread_cond_t *c)
{
	return queue_of(&c->__queue);
}

/* With the lock: may the caller wait with this mutex? */
static int check(const pthread_cond_t *c, const pthread_mutex_t *m, const struct thread *self)
{
	if (c->__state || m->__state || (c->__queue && c->__mutex != m))
		return EINVAL;
	return mutex_is_own(m, self) ? 0 : EPERM;
}

static int wait_until(pthread_cond_t *c, pthread_mutex_t *m, uint64_t until)
{
	struct thread *self = posix_self();

	posix_attend(self, true);
	posix_lock(self);
	int rc = check(c, m, self);

	if (rc) {
		posix_unlock(self);
		return rc;
	}
	c->__mutex = m;
	/* Who has the mutex next must find the waiter in the queue. */
	queue_insert(waiters(c), self);
	uint32_t depth = mutex_leave(m, self);

	rc = posix_wait(self, &(struct wait){
		.queue = waiters(c), .until = until, .clock = c->__clock ? c->__clock : CLOCK_REALTIME, .attend = ATTEND_SIGNAL | ATTEND_CANCEL,
	});
	if (rc == EINTR)
		posix_attend(self, false);
	mutex_return(m, self, depth);
	if (rc == EINTR)
		posix_attend(self, true);
	return rc == EINTR ? 0 : rc;
}

int pthread_cond_wait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m)
{
	return wait_until(c, m, MS_FOREVER);
}

int pthread_cond_timedwait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m, const struct timespec *restrict until)
{
	uint64_t nsec;
	int rc = posix_time(until, &nsec);

	return rc ? rc : wait_until(c, m, nsec);
}

/* Nobody who waits with the mutex is missed: the waiter was in the queue before the mutex was anybody else's. */
static int tell(pthread_cond_t *c, bool all)
{
	if (c->__state)
		return EINVAL;
	if (!__atomic_load_n(&c->__queue, __ATOMIC_ACQUIRE))
		return 0;
	struct thread *self = posix_self();

	posix_lock(self);
	while (posix_wake(waiters(c)) && all)
		;
	posix_unlock(self);
	return 0;
}

int pthread_cond_signal(pthread_cond_t *c)
{
	return tell(c, false);
}

int pthread_cond_broadcast(pthread_cond_t *c)
{
	return tell(c, true);
}
