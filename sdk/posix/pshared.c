/* SPDX-License-Identifier: Apache-2.0 */
/* Who shares a thing: the threads of this service.  Another process is another service, whose memory is its own. */
#include <errno.h>

#include "posix.h"

static int check(int live, int as, int shared)
{
	if (live != as || (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED))
		return EINVAL;
	return shared == PTHREAD_PROCESS_PRIVATE ? 0 : ENOTSUP;
}

static int tell(int live, int as, int *shared)
{
	if (live != as)
		return EINVAL;
	*shared = PTHREAD_PROCESS_PRIVATE;
	return 0;
}

#define OF(kind, live) \
	int pthread_##kind##attr_setpshared(pthread_##kind##attr_t *a, int shared) { return check(a->__live, live, shared); } \
	int pthread_##kind##attr_getpshared(const pthread_##kind##attr_t *restrict a, int *restrict shared) { return tell(a->__live, live, shared); }

OF(mutex, MUTEX_LIVE)
OF(cond, COND_LIVE)
OF(rwlock, RWLOCK_LIVE)
OF(barrier, BARRIER_LIVE)
