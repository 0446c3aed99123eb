/* SPDX-License-Identifier: Apache-2.0 */
/* What attempts of threads, time and devices share. */
#ifndef ROWS_H
#define ROWS_H

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "row.h"

/* A time on a clock, so many milliseconds from now (or before). */
static inline struct timespec in_msec(clockid_t clock, long msec)
{
	struct timespec t;
	long long nsec;

	clock_gettime(clock, &t);
	nsec = (long long)t.tv_sec * 1000000000 + t.tv_nsec + msec * 1000000LL;
	if (nsec < 0)
		nsec = 0;
	return (struct timespec){ .tv_sec = (time_t)(nsec / 1000000000), .tv_nsec = (long)(nsec % 1000000000) };
}

/* Milliseconds on CLOCK_MONOTONIC. */
static inline long long now_msec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline void sleep_msec(long msec)
{
	struct timespec t = { .tv_sec = msec / 1000, .tv_nsec = msec % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* A thread with a priority of its own (main's is 8, the ceiling 16). */
static inline int start_at(pthread_t *t, int priority, void *(*start)(void *), void *argument)
{
	pthread_attr_t a;
	struct sched_param p = { .sched_priority = priority };

	pthread_attr_init(&a);
	pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&a, SCHED_FIFO);
	pthread_attr_setschedparam(&a, &p);
	return pthread_create(t, &a, start, argument);
}

enum { MAIN_PRIORITY = 8, CEILING = 16 };
#define NO_FRACTION ((struct timespec){ .tv_sec = 1, .tv_nsec = 1000000000 })
#define NEGATIVE_FRACTION ((struct timespec){ .tv_sec = 1, .tv_nsec = -1 })

extern const struct row thread_rows[], once_rows[], attribute_rows[], cancel_rows[], mutex_rows[], cond_rows[], semaphore_rows[], signal_rows[], timer_rows[], system_rows[], extra_rows[], file_rows[], stream_rows[], standard_rows[], lock_rows[], never_rows[], device_error_rows[], memory_rows[], object_rows[], older_rows[], queue_rows[];

/* The devices that their attempts open. */
void files_prepare(void);
void held_prepare(void);
void objects_prepare(void);

#endif
