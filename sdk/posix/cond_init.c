/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

enum { LIVE = COND_LIVE };

int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a)
{
	if (a && a->__live != LIVE)
		return EINVAL;
	*c = (pthread_cond_t){ .__clock = a ? a->__clock : CLOCK_REALTIME };
	return 0;
}

int pthread_cond_destroy(pthread_cond_t *c)
{
	if (c->__state)
		return EINVAL;
	if (__atomic_load_n(&c->__queue, __ATOMIC_ACQUIRE))
		return EBUSY;
	c->__state = GONE;
	return 0;
}

int pthread_condattr_init(pthread_condattr_t *a)
{
	*a = (pthread_condattr_t){ .__clock = CLOCK_REALTIME, .__live = LIVE };
	return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *a)
{
	if (a->__live != LIVE)
		return EINVAL;
	a->__live = 0;
	return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *a, clockid_t clock)
{
	if (a->__live != LIVE || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
		return EINVAL;
	a->__clock = (uint8_t)clock;
	return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *restrict a, clockid_t *restrict clock)
{
	if (a->__live != LIVE)
		return EINVAL;
	*clock = a->__clock;
	return 0;
}
