/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include <stdlib.h>

enum { STACK_SIZE = 512 };

static bool try_take(struct semaphore *s)
{
	uint32_t count = s->count;

	while (count > 0)
		if (atomic_compare_exchange_weak(&s->count, &count, count - 1))
			return true;
	return false;
}

void semaphore_take(struct semaphore *s)
{
	if (try_take(s))
		return;
	s->waiting++;
	while (!try_take(s))
		ms_futex_wait((const uint32_t *)&s->count, 0, MS_FOREVER);
	s->waiting--;
}

void semaphore_give(struct semaphore *s)
{
	s->count++;
	if (s->waiting)
		ms_futex_wake((const uint32_t *)&s->count, 1);
}

void gate_wait(struct gate *g)
{
	while (g->opened == g->passed)
		ms_futex_wait((const uint32_t *)&g->opened, g->passed, MS_FOREVER);
	g->passed++;
}

void gate_open(struct gate *g)
{
	g->opened++;
	ms_futex_wake((const uint32_t *)&g->opened, 1);
}

void kit_thread(void (*body)(void *), void *argument, unsigned priority)
{
	void *stack = malloc(STACK_SIZE), *block = malloc(ms_thread_block_size());

	if (!stack || !block)
		abort();
	ms_thread_block_init(block);
	if (ms_thread_create(body, argument, stack, STACK_SIZE, block, priority) < 0)
		abort();
}
