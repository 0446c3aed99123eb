/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <time.h>

#include "posix.h"
#include "wall.h"

static int refuse(int error)
{
	errno = error;
	return -1;
}

int clock_getres(clockid_t clock, struct timespec *resolution)
{
	uint64_t nsec = 0;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return refuse(EINVAL);
	ms_info(MS_INFO_TICK_NSEC, &nsec);
	if (resolution)
		*resolution = posix_timespec(nsec ? nsec : 1);
	return 0;
}

/* Who waits for a time of day looks at the clock again. */
static void set(int64_t offset)
{
	struct thread *self = posix_self();

	posix_lock(self);
	wall_set(offset);
	for (struct thread *t = posix_threads; t; t = t->other)
		if (t->queue)
			posix_nudge(t);
	if (clock_set_hook)
		clock_set_hook();
	posix_unlock(self);
}

int clock_settime(clockid_t clock, const struct timespec *now)
{
	uint64_t nsec;

	if (clock != CLOCK_REALTIME || posix_time(now, &nsec) || now->tv_sec < 0 || nsec == MS_FOREVER)
		return refuse(EINVAL);
	set((int64_t)(nsec - ms_clock()));
	return 0;
}
