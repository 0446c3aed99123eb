/* SPDX-License-Identifier: Apache-2.0 */
/* A mutex for threads of one service: a word that is 0 when it is free, else 1. */
#ifndef MUTEX_H
#define MUTEX_H

#include <stdint.h>

#include <ms/syscall.h>

struct mutex { uint32_t held; };

static inline void mutex_lock(struct mutex *m)
{
	while (__atomic_exchange_n(&m->held, 1, __ATOMIC_ACQUIRE))
		ms_futex_wait(&m->held, 1, MS_FOREVER);
}

static inline void mutex_unlock(struct mutex *m)
{
	__atomic_store_n(&m->held, 0, __ATOMIC_RELEASE);
	ms_futex_wake(&m->held, 1);
}

#endif
