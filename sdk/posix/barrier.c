/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

enum { LIVE = BARRIER_LIVE };

int pthread_barrier_init(pthread_barrier_t *restrict b, const pthread_barrierattr_t *restrict a, unsigned count)
{
	if ((a && a->__live != LIVE) || !count)
		return EINVAL;
	*b = (pthread_barrier_t){ .__count = count };
	return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *b)
{
	if (b->__state)
		return EINVAL;
	if (__atomic_load_n(&b->__here, __ATOMIC_ACQUIRE))
		return EBUSY;
	b->__state = GONE;
	return 0;
}

/* Who is here stays so while a handler of a signal runs. */
int pthread_barrier_wait(pthread_barrier_t *b)
{
	struct thread *self = posix_self();

	if (b->__state)
		return EINVAL;
	posix_attend(self, false);
	posix_lock(self);
	if (++b->__here == b->__count) {
		b->__here = 0;
		b->__round++;
		while (posix_wake(queue_of(&b->__queue)))
			;
		posix_unlock(self);
		return PTHREAD_BARRIER_SERIAL_THREAD;
	}
	uint32_t round = b->__round;

	while (posix_wait(self, &(struct wait){ .queue = queue_of(&b->__queue), .until = MS_FOREVER, .attend = ATTEND_SIGNAL })) {
		posix_attend(self, false);
		posix_lock(self);
		if (b->__round != round) {
			posix_unlock(self);
			break;
		}
	}
	return 0;
}

int pthread_barrierattr_init(pthread_barrierattr_t *a)
{
	a->__live = LIVE;
	return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *a)
{
	if (a->__live != LIVE)
		return EINVAL;
	a->__live = 0;
	return 0;
}
