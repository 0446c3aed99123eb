/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <stdlib.h>

struct item { struct item *behind; int value; };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct item only = { .value = 5 }, *first = &only;
static bool in_one;

static bool is_empty(void)
{
	pthread_mutex_lock(&mutex);
	bool empty = !first;
	pthread_mutex_unlock(&mutex);
	return empty;
}

static int take(void)
{
	pthread_mutex_lock(&mutex);
	if (in_one && !first) {
		pthread_mutex_unlock(&mutex);
		return 0;
	}
	int value = first->value;
	first = first->behind;
	pthread_mutex_unlock(&mutex);
	return value;
}

static void *worker(void *unused)
{
	if (!is_empty())
		take();
	return unused;
}

void planted_queue_empty(bool mended)
{
	in_one = mended;
	both(worker, worker);
}
