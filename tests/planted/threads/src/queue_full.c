/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

enum { ROOM = 2 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int queue[ROOM];
static volatile unsigned count = 1;
static bool ask_inside;

static void *put(void *unused)
{
	if (count < ROOM) {
		pthread_mutex_lock(&mutex);
		if (!ask_inside || count < ROOM) {
			queue[count] = 7;
			count++;
		}
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

void planted_queue_full(bool mended)
{
	ask_inside = mended;
	both(put, put);
	assert(count == ROOM);
}
