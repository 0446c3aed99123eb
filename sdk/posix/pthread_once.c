/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

enum { NEVER, RUNS, DONE };

/* The routine has returned, or its caller was cancelled: say so to those that wait. */
static void settle(pthread_once_t *o, uint32_t state)
{
	struct thread *self = posix_self();

	posix_lock(self);
	__atomic_store_n(&o->__state, state, __ATOMIC_RELEASE);
	while (posix_wake(queue_of(&o->__queue)))
		;
	posix_unlock(self);
}

static void give_up(void *o)
{
	settle(o, NEVER);
}

static void run(pthread_once_t *o, void (*routine)(void))
{
	pthread_cleanup_push(give_up, o);
	routine();
	pthread_cleanup_pop(0);
	settle(o, DONE);
}

int pthread_once(pthread_once_t *o, void (*routine)(void))
{
	struct thread *self = posix_self();

	while (__atomic_load_n(&o->__state, __ATOMIC_ACQUIRE) != DONE) {
		if (o->__state > DONE)
			return EINVAL;
		posix_lock(self);
		if (o->__state == NEVER) {
			o->__state = RUNS;
			posix_unlock(self);
			run(o, routine);
		} else if (o->__state == RUNS) {
			posix_wait(self, &(struct wait){ .queue = queue_of(&o->__queue), .until = MS_FOREVER, .attend = ATTEND_SIGNAL });
			posix_attend(self, false);
		} else {
			posix_unlock(self);
		}
	}
	return 0;
}
