/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <time.h>

enum { LOW = 2, MIDDLE = 4, HIGH = 6, DEADLINE_MSEC = 20, HOG_LOOPS = 300000 };

static pthread_mutex_t mutex;

static uint64_t now_msec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static pthread_t begin_at(int priority, void *(*f)(void *))
{
	struct sched_param p = { .sched_priority = priority };
	pthread_attr_t a;
	pthread_t t;

	pthread_attr_init(&a);
	pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&a, SCHED_FIFO);
	pthread_attr_setschedparam(&a, &p);
	int rc = pthread_create(&t, &a, f, NULL);
	assert(rc == 0);
	return t;
}

static void *low(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *middle(void *unused)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000000 }, NULL);
	for (volatile int i = 0; i < HOG_LOOPS; i++)
		;
	return unused;
}

static void *high(void *unused)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000000 }, NULL);

	uint64_t begun = now_msec();

	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	assert(now_msec() - begun < DEADLINE_MSEC);
	return unused;
}

void planted_inversion(bool mended)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, mended ? PTHREAD_PRIO_INHERIT : PTHREAD_PRIO_NONE);
	pthread_mutex_init(&mutex, &a);

	pthread_t h = begin_at(HIGH, high), m = begin_at(MIDDLE, middle), l = begin_at(LOW, low);

	end(h);
	end(m);
	end(l);
}
