/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static const int answer = 42;
static const int *volatile config;
static volatile int seen;

static void *worker(void *unused)
{
	seen = *config;
	return unused;
}

void planted_start_order(bool mended)
{
	if (mended)
		config = &answer;

	pthread_t t = begin(worker, NULL);

	config = &answer;
	end(t);
	assert(seen == answer);
}
