/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <semaphore.h>
#include <stdlib.h>

struct job {
	sem_t done;
	volatile int state;
};

static bool say_it_last;

static void *work(void *argument)
{
	struct job *j = argument;

	if (say_it_last)
		j->state = 1;
	sem_post(&j->done);
	if (!say_it_last)
		j->state = 1;
	return NULL;
}

void planted_join_order(bool mended)
{
	struct job *j = calloc(1, sizeof(*j));

	say_it_last = mended;
	assert(j && sem_init(&j->done, 0, 0) == 0);

	pthread_t t = begin(work, j);

	sem_wait(&j->done);
	if (mended)
		end(t);
	sem_destroy(&j->done);
	free(j);
	if (!mended)
		end(t);
}
