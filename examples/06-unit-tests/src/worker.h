/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that are started together and waited for. */
#ifndef WORKER_H
#define WORKER_H

#include <stdint.h>
#include <stdlib.h>

#include <ms/syscall.h>

enum { WORKER_STACK = 1024 };

struct workers { uint32_t running; };

/* Starts work(argument); it must end in worker_end.  Negative when there is no memory or no thread. */
static inline int worker_start(struct workers *w, void (*work)(void *), void *argument)
{
	void *stack = aligned_alloc(8, WORKER_STACK), *block = aligned_alloc(8, ms_thread_block_size());

	if (!stack || !block)
		return -1;
	ms_thread_block_init(block);
	__atomic_add_fetch(&w->running, 1, __ATOMIC_RELAXED);
	return ms_thread_create(work, argument, stack, WORKER_STACK, block, 0);
}

static inline void worker_end(struct workers *w)
{
	__atomic_sub_fetch(&w->running, 1, __ATOMIC_RELEASE);
	ms_futex_wake(&w->running, 1);
	ms_thread_exit();
}

static inline void worker_wait(struct workers *w)
{
	uint32_t running;

	while ((running = __atomic_load_n(&w->running, __ATOMIC_ACQUIRE)))
		ms_futex_wait(&w->running, running, MS_FOREVER);
}

#endif
