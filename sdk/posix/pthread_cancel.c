/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "cancellation.h"
#include "posix.h"

static void end(struct thread *self)
{
	(void)self;
	pthread_exit(PTHREAD_CANCELED);
}

int pthread_cancel(pthread_t thread)
{
	struct thread *self = posix_self(), *t;

	posix_lock(self);
	t = posix_find(thread);
	if (t && !t->ended) {
		posix_end = end;
		cancellation_hook = pthread_testcancel;
		t->cancelled = true;
		posix_attention(t);
		posix_nudge(t);
	}
	posix_unlock(self);
	return t ? 0 : ESRCH;
}

/* From its start on: a wait may have begun before anybody is cancelled. */
__attribute__((constructor))
static void offer(void)
{
	interruption_hook = posix_interrupted;
}

/* Of one that was asked to end asynchronously, now. */
static void act(struct thread *self)
{
	if (self->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		posix_attend(self, true);
}

int pthread_setcancelstate(int state, int *old)
{
	struct thread *self = posix_self();

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	if (old)
		*old = self->cancel_state;
	posix_lock(self);
	self->cancel_state = (uint8_t)state;
	posix_attention(self);
	posix_unlock(self);
	act(self);
	return 0;
}

int pthread_setcanceltype(int type, int *old)
{
	struct thread *self = posix_self();

	if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	if (old)
		*old = self->cancel_type;
	self->cancel_type = (uint8_t)type;
	act(self);
	return 0;
}

void pthread_testcancel(void)
{
	posix_attend(posix_self(), true);
}
