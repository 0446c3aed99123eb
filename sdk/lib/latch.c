/* SPDX-License-Identifier: Apache-2.0 */
#include "latch.h"

#include <ms/syscall.h>

enum { FREE, TAKEN, CONTENDED };		/* the last: somebody waits */

void ms_latch_take(uint32_t *word)
{
	uint32_t seen = FREE;

	if (__atomic_compare_exchange_n(word, &seen, TAKEN, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(word, CONTENDED, __ATOMIC_ACQUIRE) != FREE)
		ms_futex_wait(word, CONTENDED, MS_FOREVER);
}

void ms_latch_give(uint32_t *word)
{
	if (__atomic_exchange_n(word, FREE, __ATOMIC_RELEASE) == CONTENDED)
		ms_futex_wake(word, 1);
}
