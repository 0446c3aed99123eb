/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left behind of a stack that was never used: the service library fills a stack with one word when its
 * thread starts, and puts into the two words at the front of the thread's block where the stack lies.  Who looks
 * afterwards (the thread itself, `ms run --stats`, a debugger) counts how many of those words are still there.
 */
#ifndef MS_ABI_STACK_H
#define MS_ABI_STACK_H

#include <stdint.h>

/* Its bytes differ, so that no compiler makes a call of memset out of filling with it: that would use the stack it fills. */
#define MS_STACK_UNUSED UINT32_C(0xa5c3965a)

/* The front of a thread's block (ms_thread_block_init). */
struct ms_stack { uint32_t low, size; };

/*
 * Where the part of a thread's stack begins that it may use on any board: above the guard (docs/abi.md, "Threads"),
 * which is at most the least power of two of at least an eighth of the stack, on the first boundary of its own size.
 * The main thread has no guard: its stack ends where the service's memory does.
 */
static inline uint32_t ms_stack_limit(struct ms_stack s)
{
	uint32_t guard = 32;

	while (guard < s.size / 8)
		guard *= 2;
	return ((s.low + guard - 1) & ~(guard - 1)) + guard;
}

#endif
