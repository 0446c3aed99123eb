/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static volatile bool ready;
static bool with_lock;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (!ready)
		pthread_cond_wait(&changed, &mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *teller(void *unused)
{
	if (with_lock)
		pthread_mutex_lock(&mutex);
	ready = true;
	pthread_cond_signal(&changed);
	if (with_lock)
		pthread_mutex_unlock(&mutex);
	return unused;
}

void planted_signal_without_lock(bool mended)
{
	with_lock = mended;
	both(waiter, teller);
}
