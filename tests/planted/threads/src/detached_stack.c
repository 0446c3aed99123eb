/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <stdlib.h>

static volatile int written, wanted;
static bool own_memory;

static void *note(void *argument)
{
	volatile int *value = argument;

	written = *value;
	if (own_memory)
		free(argument);
	return NULL;
}

/* The thread is on its own from here on. */
__attribute__((noinline)) static pthread_t note_later(int value)
{
	volatile int here = value, *at = own_memory ? malloc(sizeof(*at)) : &here;

	assert(at);
	*at = value;

	pthread_t t = begin(note, (void *)at);

	sched_yield();
	return t;
}

__attribute__((noinline)) static int use_the_stack(void)
{
	volatile int much[32];

	for (int i = 0; i < 32; i++)
		much[i] = i;
	return much[31];
}

void planted_detached_stack(bool mended)
{
	own_memory = mended;

	pthread_t t = note_later(7);

	wanted = use_the_stack();
	end(t);
	assert(written == 7);
}
