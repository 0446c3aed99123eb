/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the one that the test names. */
#include "planted.h"

volatile int planted_which, planted_mended;

pthread_t begin(void *(*f)(void *), void *argument)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, f, argument);

	assert(rc == 0);
	return t;
}

void end(pthread_t t)
{
	pthread_join(t, NULL);
}

void both(void *(*f)(void *), void *(*g)(void *))
{
	pthread_t one = begin(f, NULL), other = begin(g, NULL);

	end(one);
	end(other);
}

static void (*const bugs[])(bool mended) = {
#define BUG(name, what) [PLANTED_##name] = planted_##name,
#include "bugs.def"
#undef BUG
};

/* After a fault it is started again with nothing to do: that is no success. */
int main(void)
{
	if (planted_which == PLANTED_NONE)
		return 1;
	bugs[planted_which](planted_mended);
	return 0;
}
