/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint32_t table[2];
static bool made, whole_first;

static void make(void)
{
	if (!whole_first)
		__atomic_store_n(&made, true, __ATOMIC_RELEASE);
	set(&table[0], 1);
	set(&table[1], 2);
	__atomic_store_n(&made, true, __ATOMIC_RELEASE);
}

static void *use(void *unused)
{
	if (!__atomic_load_n(&made, __ATOMIC_ACQUIRE)) {
		pthread_mutex_lock(&mutex);
		if (!__atomic_load_n(&made, __ATOMIC_ACQUIRE))
			make();
		pthread_mutex_unlock(&mutex);
	}
	assert(get(&table[1]) == 2);
	return unused;
}

void planted_double_check(bool mended)
{
	whole_first = mended;
	both(use, use);
}
