/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeping where there are neither threads nor signals: nothing ends it early. */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include <ms/syscall.h>

#define NSEC_PER_SEC UINT64_C(1000000000)

/* What is too far away to be counted is never. */
static uint64_t later(uint64_t from, uint64_t nsec)
{
	return nsec > MS_FOREVER - from ? MS_FOREVER : from + nsec;
}

int nanosleep(const struct timespec *request, struct timespec *left)
{
	(void)left;
	if (request->tv_sec < 0 || request->tv_nsec < 0 || request->tv_nsec >= (long)NSEC_PER_SEC) {
		errno = EINVAL;
		return -1;
	}
	uint64_t seconds = (uint64_t)request->tv_sec;

	ms_sleep_until(seconds >= MS_FOREVER / NSEC_PER_SEC ? MS_FOREVER : later(ms_clock(), seconds * NSEC_PER_SEC + (uint64_t)request->tv_nsec));
	return 0;
}

unsigned sleep(unsigned seconds)
{
	ms_sleep_until(later(ms_clock(), seconds * NSEC_PER_SEC));
	return 0;
}

int usleep(useconds_t usec)
{
	ms_sleep_until(later(ms_clock(), usec * UINT64_C(1000)));
	return 0;
}
