/* SPDX-License-Identifier: Apache-2.0 */
#include "wall.h"

/* The one in use is changes % 2; a new one is written beside it, so who reads never waits for who was interrupted. */
static int64_t offsets[2];
static uint32_t changes;

int64_t wall_offset(void)
{
	uint32_t seen;
	int64_t offset;

	do {
		seen = __atomic_load_n(&changes, __ATOMIC_ACQUIRE);
		offset = offsets[seen % 2];
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
	} while (seen != __atomic_load_n(&changes, __ATOMIC_RELAXED));
	return offset;
}

void wall_set(int64_t offset)
{
	offsets[(changes + 1) % 2] = offset;
	__atomic_store_n(&changes, changes + 1, __ATOMIC_RELEASE);
}
