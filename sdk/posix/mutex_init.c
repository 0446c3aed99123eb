/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stddef.h>

#include "mutex.h"

enum { LIVE = MUTEX_LIVE };

const struct mutex_protect *mutex_protect;

/* May the service's threads run at that priority?  The kernel says it when one tries. */
int mutex_may_reach(unsigned ceiling)
{
	struct thread *self = posix_self();

	posix_lock(self);
	posix_priority(self, self);
	int rc = ms_thread_priority(self->number, ceiling);

	if (rc >= 0)
		ms_thread_priority(self->number, (unsigned)rc);
	posix_unlock(self);
	return rc < 0 ? EPERM : 0;
}

int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a)
{
	if (a && a->__live != LIVE)
		return EINVAL;
	if (a && a->__protocol == PTHREAD_PRIO_PROTECT) {
		int rc = mutex_may_reach(a->__ceiling);

		if (rc)
			return rc;
	}
	*m = (pthread_mutex_t){ 0 };
	if (a) {
		m->__type = a->__type;
		m->__protocol = a->__protocol;
		m->__ceiling = a->__ceiling;
	}
	return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *m)
{
	if (m->__state)
		return EINVAL;
	if (!swap(&m->__word, 0, WAITED))
		return EBUSY;
	m->__state = GONE;
	return 0;
}

int pthread_mutexattr_init(pthread_mutexattr_t *a)
{
	*a = (pthread_mutexattr_t){ .__ceiling = PRIORITY_MAX, .__live = LIVE };
	return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *a)
{
	if (a->__live != LIVE)
		return EINVAL;
	a->__live = 0;
	return 0;
}

static int set(const pthread_mutexattr_t *a, uint8_t *field, int value, bool valid)
{
	if (a->__live != LIVE || !valid)
		return EINVAL;
	*field = (uint8_t)value;
	return 0;
}

static int get(const pthread_mutexattr_t *a, uint8_t field, int *value)
{
	if (a->__live != LIVE)
		return EINVAL;
	*value = field;
	return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *a, int type)
{
	return set(a, &a->__type, type, type >= PTHREAD_MUTEX_NORMAL && type <= PTHREAD_MUTEX_RECURSIVE);
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *restrict a, int *restrict type)
{
	return get(a, a->__type, type);
}

int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *restrict a, int *restrict protocol)
{
	return get(a, a->__protocol, protocol);
}

int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *a, int ceiling)
{
	return set(a, &a->__ceiling, ceiling, ceiling >= PRIORITY_MIN && ceiling <= PRIORITY_MAX);
}

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *restrict a, int *restrict ceiling)
{
	return get(a, a->__ceiling, ceiling);
}
