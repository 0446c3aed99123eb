/* SPDX-License-Identifier: Apache-2.0 */
/* The heap below malloc: what the manifest gave, and not a byte more. */
#include <errno.h>
#include <unistd.h>

#include "process.h"

/* Called by malloc only, which holds its lock. */
void *sbrk(ptrdiff_t change)
{
	uintptr_t old = ms_process.heap;

	if (change > 0 && (uintptr_t)change > ms_process.heap_end - old) {
		errno = ENOMEM;
		return (void *)-1;
	}
	ms_process.heap = old + (uintptr_t)change;
	return (void *)old;
}
