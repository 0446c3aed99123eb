/* SPDX-License-Identifier: Apache-2.0 */
/* A queue between threads: who puts waits while it is full, who gets while it is empty. */
#ifndef READINGS_H
#define READINGS_H

#include <pthread.h>
#include <stdbool.h>

enum { READINGS_MAX = 4 };

struct readings {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int at[READINGS_MAX];
	unsigned put, got;
	bool closed;
};
#define READINGS_EMPTY { .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER }

void readings_put(struct readings *r, int reading);

/* The oldest; false: there is none and none will come. */
bool readings_get(struct readings *r, int *reading);

/* No more will come. */
void readings_close(struct readings *r);

#endif
