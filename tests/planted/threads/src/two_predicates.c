/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

/* Room for one: who puts waits until it is empty, who takes until it is full, both at the same place. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool full, tell_all;

static void tell(void)
{
	if (tell_all)
		pthread_cond_broadcast(&changed);
	else
		pthread_cond_signal(&changed);
}

static void *put(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (full)
		pthread_cond_wait(&changed, &mutex);
	full = true;
	tell();
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *take(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (!full)
		pthread_cond_wait(&changed, &mutex);
	full = false;
	tell();
	pthread_mutex_unlock(&mutex);
	return unused;
}

void planted_two_predicates(bool mended)
{
	void *(*const f[])(void *) = { put, take, put, take };
	pthread_t t[4];

	tell_all = mended;
	for (int i = 0; i < 4; i++)
		t[i] = begin(f[i], NULL);
	for (int i = 0; i < 4; i++)
		end(t[i]);
}
