/* SPDX-License-Identifier: Apache-2.0 */
#include "ending.h"

#include <stdlib.h>

#include "posix.h"

void (*posix_values_end)(struct thread *self);

void posix_forget(struct thread *t)
{
	struct thread **at = &posix_threads;

	while (*at != t)
		at = &(*at)->other;
	*at = t->other;
	t->tag = 0;
}

void posix_bury(struct thread *t)
{
	while (__atomic_load_n(&t->alive, __ATOMIC_ACQUIRE))
		ms_futex_wait_for(&t->alive, 1, MS_FOREVER, t->number);
	free(t->memory);
}

/* One that is to be forgotten, and that is not on its stack any more. */
static struct thread *take_dead(struct thread *self)
{
	struct thread *t;

	posix_lock(self);
	for (t = posix_threads; t; t = t->other)
		if (t->detached && t->ended && !__atomic_load_n(&t->alive, __ATOMIC_ACQUIRE))
			break;
	if (t)
		posix_forget(t);
	posix_unlock(self);
	return t;
}

void posix_reap(struct thread *self)
{
	struct thread *t;

	while ((t = take_dead(self)))
		free(t->memory);
}

static void clean_up(struct thread *self)
{
	posix_lock(self);
	self->cancel_state = PTHREAD_CANCEL_DISABLE;
	posix_attention(self);
	posix_unlock(self);
	while (self->cleanup) {
		struct __ms_cleanup *c = self->cleanup;

		self->cleanup = c->below;
		c->routine(c->argument);
	}
	if (posix_values_end)
		posix_values_end(self);
}

_Noreturn void pthread_exit(void *result)
{
	struct thread *self = posix_self();

	clean_up(self);
	posix_lock(self);
	if (posix_live == 1) {
		posix_unlock(self);
		exit(0);
	}
	posix_live--;
	self->result = result;
	self->ended = true;
	self->blocked = UINT64_MAX;
	if (self->detached)
		self->tag = 0;
	else if (posix_wake(&self->joiner))
		posix_forget(self);
	posix_unlock(self);
	ms_thread_leave(&self->alive);
}
