/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread's memory, low to high: [stack, which grows down][struct thread][thread block].  The library takes all of it
 * from the heap, or it is what the program gave.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "ending.h"
#include "posix.h"
#include "stream_lock.h"

enum { ALIGN = 8, STACK_DEFAULT = 2048 };

static size_t aligned(size_t size)
{
	return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static void begin(void *at)
{
	struct thread *t = at;

	posix_me = t;
	t->number = (uint16_t)ms_thread_self();
	/* Who made it goes on first, and says who it is. */
	posix_lock(t);
	posix_unlock(t);
	posix_attend(t, false);
	pthread_exit(t->start(t->argument));
}

/* Where the thread's data lies in memory of the program's or, if that is NULL, of the heap; NULL: there is too little. */
static struct thread *place(void *given, size_t size, char **low)
{
	size_t own = aligned(sizeof(struct thread)) + aligned(ms_thread_block_size());
	char *memory = given ? given : malloc(size + own);

	if (!memory || (given && size < own))
		return NULL;
	*low = memory;
	struct thread *t = (struct thread *)(void *)(memory + (given ? size - own : size));

	*t = (struct thread){ .alive = 1, .memory = given ? NULL : memory };
	ms_thread_block_init((char *)t + aligned(sizeof(*t)));
	return t;
}

/* As the attributes say it, or as the creator is. */
static unsigned inherit(struct thread *t, struct thread *self, const pthread_attr_t *a)
{
	bool own = a && a->__inherit == PTHREAD_EXPLICIT_SCHED;

	t->detached = a && a->__detach == PTHREAD_CREATE_DETACHED;
	t->blocked = self->blocked;
	t->policy = own ? a->__policy : self->policy;
	t->priority = self->priority;
	if (!own || !a->__priority)
		return t->priority;
	posix_priority(self, self);
	return t->priority = (uint8_t)a->__priority;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *a, void *(*start)(void *), void *argument)
{
	struct thread *self = posix_self(), *t;
	char *low;
	int number;

	if (a && !a->__live && !a->__stack_size)	/* a static one that nobody has initialised */
		a = NULL;
	if (a && !a->__live)
		return EINVAL;
	posix_reap(self);
	stream_lock_begin();
	t = place(a ? a->__stack : NULL, a ? a->__stack_size : STACK_DEFAULT, &low);
	if (!t)
		return a && a->__stack ? EINVAL : EAGAIN;
	t->start = start;
	t->argument = argument;

	posix_lock(self);
	unsigned priority = inherit(t, self, a);

	number = ms_thread_create(begin, t, low, (size_t)((char *)t - low), (char *)t + aligned(sizeof(*t)), priority);
	if (number >= 0) {
		posix_add(t, (unsigned)number);
		*thread = thread_id(t);
	}
	posix_unlock(self);
	if (number >= 0)
		return 0;
	free(t->memory);
	return -number;
}
