/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static int letters;
static bool look_again;

static void *reader(void *unused)
{
	pthread_mutex_lock(&mutex);
	if (letters == 0)
		pthread_cond_wait(&arrived, &mutex);
	while (look_again && letters == 0)
		pthread_cond_wait(&arrived, &mutex);
	assert(letters > 0);
	letters--;
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *writer(void *unused)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&mutex);
		letters++;
		pthread_cond_signal(&arrived);
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

void planted_if_for_while(bool mended)
{
	look_again = mended;

	pthread_t one = begin(reader, NULL), other = begin(reader, NULL), post = begin(writer, NULL);

	end(one);
	end(other);
	end(post);
}
