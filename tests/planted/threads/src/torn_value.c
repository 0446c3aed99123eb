/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile uint32_t time_high, time_low;
static bool with_lock;

static void lock(void)
{
	if (with_lock)
		pthread_mutex_lock(&mutex);
}

static void unlock(void)
{
	if (with_lock)
		pthread_mutex_unlock(&mutex);
}

static void *writer(void *unused)
{
	for (uint32_t i = 1; i < 4; i++) {
		lock();
		set(&time_high, i);
		set(&time_low, i);
		unlock();
	}
	return unused;
}

static void *reader(void *unused)
{
	lock();
	uint64_t value = (uint64_t)get(&time_high) << 32 | get(&time_low);
	unlock();
	assert(value >> 32 == (uint32_t)value);
	return unused;
}

void planted_torn_value(bool mended)
{
	with_lock = mended;
	both(writer, reader);
}
