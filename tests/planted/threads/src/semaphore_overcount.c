/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <semaphore.h>

static sem_t device;
static volatile bool held;
static bool atomically;
static int inside;

/* Whoever cleans up calls it, so it may be called twice. */
static void release(void)
{
	if (atomically) {
		if (__atomic_exchange_n(&held, false, __ATOMIC_ACQ_REL))
			sem_post(&device);
	} else if (held) {
		sem_post(&device);
		held = false;
	}
}

static void *cleaner(void *unused)
{
	release();
	return unused;
}

static void *user(void *unused)
{
	sem_wait(&device);
	assert(++inside == 1);
	sched_yield();
	inside--;
	sem_post(&device);
	return unused;
}

void planted_semaphore_overcount(bool mended)
{
	atomically = mended;
	sem_init(&device, 0, 0);
	held = true;
	both(cleaner, cleaner);
	both(user, user);
	sem_destroy(&device);
}
