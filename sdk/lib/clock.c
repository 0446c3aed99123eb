/* SPDX-License-Identifier: Apache-2.0 */
/* Time for the C library and POSIX.  CLOCK_REALTIME counts from boot until clock_settime says what time it is. */
#include <errno.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

#include <ms/syscall.h>

#include "wall.h"

#define NSEC_PER_SEC UINT64_C(1000000000)

static struct timespec to_timespec(uint64_t nsec)
{
	return (struct timespec){ (time_t)(nsec / NSEC_PER_SEC), (long)(nsec % NSEC_PER_SEC) };
}

static uint64_t realtime(void)
{
	return ms_clock() + (uint64_t)wall_offset();
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	if (id != CLOCK_REALTIME && id != CLOCK_MONOTONIC) {
		errno = EINVAL;
		return -1;
	}
	*now = to_timespec(id == CLOCK_REALTIME ? realtime() : ms_clock());
	return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	uint64_t nsec = realtime();

	(void)zone;
	now->tv_sec = (time_t)(nsec / NSEC_PER_SEC);
	now->tv_usec = (suseconds_t)(nsec % NSEC_PER_SEC / 1000);
	return 0;
}

clock_t times(struct tms *out)
{
	clock_t ticks = (clock_t)(ms_clock() / (NSEC_PER_SEC / CLOCKS_PER_SEC));

	*out = (struct tms){ .tms_utime = ticks };
	return ticks;
}
