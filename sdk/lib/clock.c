/* SPDX-License-Identifier: Apache-2.0 */
/* Time for the C library and POSIX: all clocks count from boot until a device knows the date. */
#include <errno.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include <ms/syscall.h>

#define NSEC_PER_SEC UINT64_C(1000000000)

static struct timespec to_timespec(uint64_t nsec)
{
	return (struct timespec){ (time_t)(nsec / NSEC_PER_SEC), (long)(nsec % NSEC_PER_SEC) };
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	if (id != CLOCK_REALTIME && id != CLOCK_MONOTONIC) {
		errno = EINVAL;
		return -1;
	}
	*now = to_timespec(ms_clock());
	return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	uint64_t nsec = ms_clock();

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

int nanosleep(const struct timespec *request, struct timespec *left)
{
	if (request->tv_sec < 0 || request->tv_nsec < 0 || (uint64_t)request->tv_nsec >= NSEC_PER_SEC) {
		errno = EINVAL;
		return -1;
	}
	ms_sleep_until(ms_clock() + (uint64_t)request->tv_sec * NSEC_PER_SEC + (uint64_t)request->tv_nsec);
	if (left)
		*left = (struct timespec){ 0 };
	return 0;
}

unsigned sleep(unsigned seconds)
{
	ms_sleep_until(ms_clock() + seconds * NSEC_PER_SEC);
	return 0;
}

int usleep(useconds_t usec)
{
	ms_sleep_until(ms_clock() + usec * UINT64_C(1000));
	return 0;
}
