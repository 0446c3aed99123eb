/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "mutex.h"

unsigned mutex_priority(const struct thread *t)
{
	unsigned due = t->priority;

	for (const pthread_mutex_t *m = t->held; m; m = m->__held)
		if (m->__ceiling > due)
			due = m->__ceiling;
	return due;
}

/* With the lock: what it is from now on, also in the queue where it waits. */
static int set(struct thread *self, struct thread *t, int priority)
{
	uint8_t before = posix_priority(self, t);

	t->priority = (uint8_t)priority;
	int rc = ms_thread_priority(t->number, mutex_priority(t));

	if (rc < 0) {
		t->priority = before;
		return rc == -MS_ENOENT ? ESRCH : -rc;
	}
	struct queue *q = t->queue;

	if (q) {
		queue_remove(t);
		queue_insert(q, t);
	}
	return 0;
}

/* policy: negative leaves it. */
static int change(pthread_t thread, int policy, int priority)
{
	struct thread *self = posix_self(), *t;
	int rc = EINVAL;

	posix_lock(self);
	t = posix_find(thread);
	if (!t)
		rc = ESRCH;
	else if (policy <= SCHED_RR && priority >= PRIORITY_MIN && priority <= PRIORITY_MAX)
		rc = t->ended ? 0 : set(self, t, priority);
	if (!rc && policy >= 0)
		t->policy = (uint8_t)policy;
	posix_unlock(self);
	return rc;
}

int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *p)
{
	return policy < 0 ? EINVAL : change(thread, policy, p->sched_priority);
}

int pthread_setschedprio(pthread_t thread, int priority)
{
	return change(thread, -1, priority);
}

int pthread_getschedparam(pthread_t thread, int *policy, struct sched_param *p)
{
	struct thread *self = posix_self(), *t;

	posix_lock(self);
	t = posix_find(thread);
	if (t) {
		*policy = t->policy;
		p->sched_priority = posix_priority(self, t);
	}
	posix_unlock(self);
	return t ? 0 : ESRCH;
}
