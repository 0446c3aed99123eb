/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <stdlib.h>

static int *volatile device;
static volatile bool stop;

static void *worker(void *unused)
{
	for (int i = 0; i < 3 && !stop; i++)
		set((volatile uint32_t *)device, (uint32_t)i);
	return unused;
}

void planted_shutdown(bool mended)
{
	device = malloc(sizeof(*device));
	assert(device);

	pthread_t t = begin(worker, NULL);

	sched_yield();
	stop = true;
	if (mended)
		end(t);
	free(device);
	device = NULL;
	if (!mended)
		end(t);
}
