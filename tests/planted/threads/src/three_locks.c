/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

enum { SEATS = 3 };

static pthread_mutex_t fork_of[SEATS] = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER };
static bool one_is_otherwise;

static void *eat(void *argument)
{
	uintptr_t seat = (uintptr_t)argument;
	uintptr_t first = seat, second = (seat + 1) % SEATS;

	if (one_is_otherwise && seat == SEATS - 1)
		first = 0, second = seat;
	pthread_mutex_lock(&fork_of[first]);
	pthread_mutex_lock(&fork_of[second]);
	pthread_mutex_unlock(&fork_of[second]);
	pthread_mutex_unlock(&fork_of[first]);
	return NULL;
}

void planted_three_locks(bool mended)
{
	pthread_t t[SEATS];

	one_is_otherwise = mended;
	for (uintptr_t i = 0; i < SEATS; i++)
		t[i] = begin(eat, (void *)i);
	for (uintptr_t i = 0; i < SEATS; i++)
		end(t[i]);
}
