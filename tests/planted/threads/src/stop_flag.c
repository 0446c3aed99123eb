/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <semaphore.h>

static sem_t work;
static volatile bool stop, waiting;
static bool always_post;

static void *worker(void *unused)
{
	while (!stop) {
		waiting = true;
		sem_wait(&work);
		waiting = false;
	}
	return unused;
}

static void *stopper(void *unused)
{
	stop = true;
	if (always_post || waiting)
		sem_post(&work);
	return unused;
}

void planted_stop_flag(bool mended)
{
	always_post = mended;
	sem_init(&work, 0, 0);
	both(worker, stopper);
	sem_destroy(&work);
}
