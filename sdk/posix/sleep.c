/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeping: waiting for nobody, so that a signal or a cancellation can end it. */
#include <errno.h>
#include <unistd.h>

#include "posix.h"

static struct queue sleepers;

static bool passed(clockid_t clock, uint64_t until)
{
	return until != MS_FOREVER && posix_now(clock) >= until;
}

/* 0, or EINTR when a handler ran. */
static int sleep_until(clockid_t clock, uint64_t until)
{
	struct thread *self = posix_self();

	posix_attend(self, true);
	for (;;) {
		posix_lock(self);
		int rc = posix_wait(self, &(struct wait){
			.queue = &sleepers, .until = until, .clock = clock, .attend = ATTEND_SIGNAL | ATTEND_CANCEL,
		});

		if (rc == ETIMEDOUT)
			return 0;
		if (posix_attend(self, true))
			return passed(clock, until) ? 0 : EINTR;
	}
}

/* What is left, for who was woken early. */
static void left_until(uint64_t until, struct timespec *left)
{
	uint64_t now = ms_clock();

	*left = posix_timespec(until == MS_FOREVER || now >= until ? 0 : until - now);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *left)
{
	uint64_t nsec, now = ms_clock();

	if ((clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) || posix_time(request, &nsec))
		return EINVAL;
	if (flags & TIMER_ABSTIME)
		return sleep_until(clock, nsec);
	if (request->tv_sec < 0)
		return EINVAL;
	uint64_t until = nsec > MS_FOREVER - now ? MS_FOREVER : now + nsec;
	int rc = sleep_until(CLOCK_MONOTONIC, until);

	if (rc && left)
		left_until(until, left);
	return rc;
}

int nanosleep(const struct timespec *request, struct timespec *left)
{
	int rc = clock_nanosleep(CLOCK_MONOTONIC, 0, request, left);

	if (!rc)
		return 0;
	errno = rc;
	return -1;
}

unsigned sleep(unsigned seconds)
{
	struct timespec left = { .tv_sec = (time_t)seconds };

	return clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) ? (unsigned)left.tv_sec + (left.tv_nsec > 0) : 0;
}

int usleep(useconds_t usec)
{
	struct timespec t = { .tv_sec = (time_t)(usec / 1000000), .tv_nsec = (long)(usec % 1000000) * 1000 };

	return nanosleep(&t, NULL);
}
