/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>

#include "posix.h"

enum { LIVE = 0xa7, STACK_DEFAULT = 2048, STACK_ALIGN = 8 };

int pthread_attr_init(pthread_attr_t *a)
{
	*a = (pthread_attr_t){ .__stack_size = STACK_DEFAULT, .__guard_size = STACK_DEFAULT / 8, .__live = LIVE };
	return 0;
}

int pthread_attr_destroy(pthread_attr_t *a)
{
	if (a->__live != LIVE)
		return EINVAL;
	a->__live = 0;
	return 0;
}

/* Set and get one field, of a value that `valid` says is one, or `wrong` is the error. */
#define FIELD(name, type, field, valid, wrong) \
	int pthread_attr_set##name(pthread_attr_t *a, type value) \
	{ \
		if (a->__live != LIVE) \
			return EINVAL; \
		if (!(valid)) \
			return wrong; \
		a->field = (__typeof__(a->field))value; \
		return 0; \
	} \
	int pthread_attr_get##name(const pthread_attr_t *a, type *value) \
	{ \
		if (a->__live != LIVE) \
			return EINVAL; \
		*value = a->field; \
		return 0; \
	}

FIELD(detachstate, int, __detach, value == PTHREAD_CREATE_JOINABLE || value == PTHREAD_CREATE_DETACHED, EINVAL)
FIELD(stacksize, size_t, __stack_size, value >= PTHREAD_STACK_MIN && value <= INT32_MAX - STACK_ALIGN, EINVAL)
FIELD(guardsize, size_t, __guard_size, value <= INT32_MAX, EINVAL)
FIELD(inheritsched, int, __inherit, value == PTHREAD_INHERIT_SCHED || value == PTHREAD_EXPLICIT_SCHED, EINVAL)
FIELD(schedpolicy, int, __policy, value == SCHED_FIFO || value == SCHED_RR || value == SCHED_OTHER, EINVAL)

int pthread_attr_setschedparam(pthread_attr_t *a, const struct sched_param *p)
{
	if (a->__live != LIVE || p->sched_priority < 0 || p->sched_priority > PRIORITY_MAX)
		return EINVAL;
	a->__priority = p->sched_priority;
	return 0;
}

int pthread_attr_getschedparam(const pthread_attr_t *a, struct sched_param *p)
{
	if (a->__live != LIVE)
		return EINVAL;
	p->sched_priority = a->__priority;
	return 0;
}

/* Is the word there that this address lies in, to be written?  The kernel knows. */
static bool is_ours(uintptr_t at)
{
	return ms_futex_wake((const uint32_t *)(at & ~(uintptr_t)3), 0) >= 0;
}

int pthread_attr_setstack(pthread_attr_t *a, void *low, size_t size)
{
	if (a->__live != LIVE || !low || size < PTHREAD_STACK_MIN || ((uintptr_t)low | size) % STACK_ALIGN)
		return EINVAL;
	if (!is_ours((uintptr_t)low) || !is_ours((uintptr_t)low + size - 1))
		return EACCES;
	a->__stack = low;
	a->__stack_size = size;
	return 0;
}

int pthread_attr_getstack(const pthread_attr_t *a, void **low, size_t *size)
{
	if (a->__live != LIVE)
		return EINVAL;
	*low = a->__stack;
	*size = a->__stack_size;
	return 0;
}

int pthread_attr_setstackaddr(pthread_attr_t *a, void *top)
{
	if (a->__live != LIVE || !top || (uintptr_t)top % STACK_ALIGN || (uintptr_t)top < a->__stack_size)
		return EINVAL;
	a->__stack = (char *)top - a->__stack_size;
	return 0;
}

int pthread_attr_getstackaddr(const pthread_attr_t *a, void **top)
{
	if (a->__live != LIVE)
		return EINVAL;
	*top = a->__stack ? (char *)a->__stack + a->__stack_size : NULL;
	return 0;
}

int pthread_attr_setscope(pthread_attr_t *a, int scope)
{
	if (a->__live != LIVE || (scope != PTHREAD_SCOPE_SYSTEM && scope != PTHREAD_SCOPE_PROCESS))
		return EINVAL;
	return scope == PTHREAD_SCOPE_SYSTEM ? 0 : ENOTSUP;
}

int pthread_attr_getscope(const pthread_attr_t *a, int *scope)
{
	if (a->__live != LIVE)
		return EINVAL;
	*scope = PTHREAD_SCOPE_SYSTEM;
	return 0;
}
