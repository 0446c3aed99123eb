/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "mutex.h"

int pthread_mutex_getprioceiling(const pthread_mutex_t *restrict m, int *restrict ceiling)
{
	if (m->__state || m->__protocol != PTHREAD_PRIO_PROTECT)
		return EINVAL;
	*ceiling = m->__ceiling;
	return 0;
}

/* The lock is taken by the protocol, as any other. */
int pthread_mutex_setprioceiling(pthread_mutex_t *restrict m, int ceiling, int *restrict old)
{
	int rc;

	if (m->__state || m->__protocol != PTHREAD_PRIO_PROTECT || ceiling < PRIORITY_MIN || ceiling > PRIORITY_MAX)
		return EINVAL;
	rc = mutex_may_reach((unsigned)ceiling);
	if (!rc)
		rc = pthread_mutex_lock(m);
	if (rc)
		return rc;
	if (old)
		*old = m->__ceiling;
	m->__ceiling = (uint8_t)ceiling;
	return pthread_mutex_unlock(m);
}
