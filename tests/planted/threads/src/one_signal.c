/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t closing = PTHREAD_COND_INITIALIZER;
static bool closed, tell_all;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (!closed)
		pthread_cond_wait(&closing, &mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *closer(void *unused)
{
	pthread_mutex_lock(&mutex);
	closed = true;
	if (tell_all)
		pthread_cond_broadcast(&closing);
	else
		pthread_cond_signal(&closing);
	pthread_mutex_unlock(&mutex);
	return unused;
}

void planted_one_signal(bool mended)
{
	tell_all = mended;

	pthread_t first = begin(waiter, NULL), other = begin(closer, NULL), late = begin(waiter, NULL);

	end(first);
	end(other);
	end(late);
}
