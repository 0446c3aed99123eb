/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

/* A lock for readers whose owner has heard of upgrades. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int readers, value;
static bool writing, give_back_first;

static void read_lock(void)
{
	pthread_mutex_lock(&mutex);
	while (writing)
		pthread_cond_wait(&changed, &mutex);
	readers++;
	pthread_mutex_unlock(&mutex);
}

/* It reads already: it waits to be the only one. */
static void upgrade(void)
{
	pthread_mutex_lock(&mutex);
	if (give_back_first) {
		readers--;
		pthread_cond_broadcast(&changed);
	}
	while (writing || readers > (give_back_first ? 0 : 1))
		pthread_cond_wait(&changed, &mutex);
	readers = 0;
	writing = true;
	pthread_mutex_unlock(&mutex);
}

static void write_unlock(void)
{
	pthread_mutex_lock(&mutex);
	writing = false;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&mutex);
}

static void *increase(void *unused)
{
	read_lock();
	upgrade();
	value++;
	write_unlock();
	return unused;
}

void planted_upgrade(bool mended)
{
	give_back_first = mended;
	both(increase, increase);
	assert(value == 2);
}
