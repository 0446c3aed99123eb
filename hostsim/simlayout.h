/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the memory of services lies in a test program.
 *
 *	slot base                                    data
 *	| guard, thread stack | ... | guard, main stack | static data, heap | guard |
 *
 * All addresses are fixed (the program is linked to run where it is linked)
 * and below 2 GiB, so a run prints the same bytes each time, a pointer is no
 * wider than the sanitizers' low memory, and a fault record looks like the device's.
 */
#ifndef SIMLAYOUT_H
#define SIMLAYOUT_H

#include <stdint.h>

enum {
	LAYOUT_KERNEL = 0x3f000000,	/* the kernel's data: away from all else, so that closing it splits no mapping */
	LAYOUT_FIRST = 0x40000000,
	LAYOUT_SLOT = 0x05000000,
	LAYOUT_DATA = 0x02800000,	/* from slot base to data */
	LAYOUT_SERVICE_MAX = 12,	/* below what the address sanitizer has for itself */
	LAYOUT_PAGE = 4096,

	LAYOUT_THREAD_MAX = 32,		/* stacks beside the main one */
	LAYOUT_THREAD_STACK = 0x100000,	/* room of each, guard included */
	LAYOUT_FRAME_FACTOR = 4,	/* how much larger than on a device frames may be here, */
	LAYOUT_FRAME_EXTRA = 0x10000,	/* and what the sanitizers' reports need */
};

/* Bytes of stack on the PC for a stack of `size` on a device; whole pages, at most `room`. */
static inline uint32_t layout_stack_size(uint64_t size, uint32_t room)
{
	uint64_t wanted = (size * LAYOUT_FRAME_FACTOR + LAYOUT_FRAME_EXTRA + LAYOUT_PAGE - 1) & ~(uint64_t)(LAYOUT_PAGE - 1);

	return wanted < room ? (uint32_t)wanted : room;
}

#endif
