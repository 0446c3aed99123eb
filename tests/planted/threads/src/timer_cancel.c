/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <stdlib.h>
#include <time.h>

struct alarm { volatile bool armed; volatile int fired; };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct alarm *alarm_set;
static bool under_lock;

static void sleep_msec(long msec)
{
	nanosleep(&(struct timespec){ .tv_nsec = msec * 1000000 }, NULL);
}

static void *keeper(void *unused)
{
	sleep_msec(10);
	if (under_lock)
		pthread_mutex_lock(&mutex);
	if (alarm_set && alarm_set->armed)
		set((volatile uint32_t *)&alarm_set->fired, 1);
	if (under_lock)
		pthread_mutex_unlock(&mutex);
	return unused;
}

static void *canceller(void *unused)
{
	sleep_msec(5);
	if (under_lock)
		pthread_mutex_lock(&mutex);
	if (alarm_set->armed) {
		free(alarm_set);
		alarm_set = NULL;
	}
	if (under_lock)
		pthread_mutex_unlock(&mutex);
	return unused;
}

void planted_timer_cancel(bool mended)
{
	under_lock = mended;
	alarm_set = calloc(1, sizeof(*alarm_set));
	assert(alarm_set);
	alarm_set->armed = true;
	both(keeper, canceller);
}
