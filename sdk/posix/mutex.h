/* SPDX-License-Identifier: Apache-2.0 */
/* PTHREAD_PRIO_PROTECT: who has such a mutex runs at its ceiling at least.  Of others both do nothing. */
#ifndef MUTEX_H
#define MUTEX_H

#include "posix.h"

/* Set by pthread_mutexattr_setprotocol, so that only programs that use it are linked with it. */
struct mutex_protect {
	int (*raise)(pthread_mutex_t *m, struct thread *self);
	void (*lower)(pthread_mutex_t *m, struct thread *self);
};
extern const struct mutex_protect *mutex_protect;
extern const struct mutex_protect mutex_protect_calls;

/* Before it is taken: 0, or EINVAL: the caller's own priority is above the ceiling. */
static inline int mutex_raise(pthread_mutex_t *m, struct thread *self)
{
	return m->__protocol == PTHREAD_PRIO_PROTECT ? mutex_protect->raise(m, self) : 0;
}

/* After it was given up, or could not be had. */
static inline void mutex_lower(pthread_mutex_t *m, struct thread *self)
{
	if (m->__protocol == PTHREAD_PRIO_PROTECT)
		mutex_protect->lower(m, self);
}

/* 0, or EPERM: above the service's ceiling. */
int mutex_may_reach(unsigned ceiling);

/* With the lock: what a thread runs at, when nobody helps it. */
unsigned mutex_priority(const struct thread *t);

#endif
