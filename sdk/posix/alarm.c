/* SPDX-License-Identifier: Apache-2.0 */
#include <time.h>
#include <unistd.h>

#include "posix.h"

/* One timer, made when it is first needed; without memory for it no alarm comes. */
unsigned alarm(unsigned seconds)
{
	static timer_t timer;
	struct itimerspec next = { .it_value = { .tv_sec = (time_t)seconds } }, before = { 0 };

	if (!timer && timer_create(CLOCK_MONOTONIC, NULL, &timer))
		return 0;
	timer_settime(timer, 0, &next, &before);
	return (unsigned)before.it_value.tv_sec + (before.it_value.tv_nsec > 0);
}
