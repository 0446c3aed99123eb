/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <sched.h>

enum { THREADS = 2, ROUNDS = 3 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_there = PTHREAD_COND_INITIALIZER;
static int count;
static unsigned round_number;
static bool with_rounds;

static bool over(unsigned begun)
{
	return with_rounds ? round_number != begun : count == 0;
}

static void barrier(void)
{
	pthread_mutex_lock(&mutex);

	unsigned begun = round_number;

	if (++count == THREADS) {
		count = 0;
		round_number++;
		pthread_cond_broadcast(&all_there);
	}
	while (!over(begun))
		pthread_cond_wait(&all_there, &mutex);
	pthread_mutex_unlock(&mutex);
}

static void *worker(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		barrier();
		sched_yield();
	}
	return unused;
}

void planted_barrier_reuse(bool mended)
{
	with_rounds = mended;
	both(worker, worker);
}
