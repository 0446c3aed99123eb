/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

enum { ROUNDS = 3 };

static int count;
static bool atomically;

static void *add(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (atomically)
			__atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
		else
			count++;
	}
	return unused;
}

void planted_counter(bool mended)
{
	atomically = mended;
	both(add, add);
	assert(count == 2 * ROUNDS);
}
