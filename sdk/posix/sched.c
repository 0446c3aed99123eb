/* SPDX-License-Identifier: Apache-2.0 */
/* The process's scheduling is its main thread's; SCHED_FIFO and SCHED_RR both take turns by the quantum that the product gives the service. */
#include <errno.h>
#include <sched.h>

#include "posix.h"

enum { MAIN_THREAD = 1 };		/* its id: the first tag */

static int result(int rc)
{
	if (!rc)
		return 0;
	errno = rc;
	return -1;
}

static int check(pid_t pid)
{
	return pid == 0 || pid == 1 ? 0 : ESRCH;
}

int sched_yield(void)
{
	ms_yield();
	posix_attend(posix_self(), false);
	return 0;
}

int sched_get_priority_max(int policy)
{
	return policy < SCHED_OTHER || policy > SCHED_RR ? result(EINVAL) : PRIORITY_MAX;
}

int sched_get_priority_min(int policy)
{
	return policy < SCHED_OTHER || policy > SCHED_RR ? result(EINVAL) : PRIORITY_MIN;
}

/* What the product gives the service. */
int sched_rr_get_interval(pid_t pid, struct timespec *interval)
{
	uint64_t nsec = 0;
	int rc = check(pid);

	if (rc)
		return result(rc);
	ms_info(MS_INFO_QUANTUM_NSEC, &nsec);
	interval->tv_sec = (time_t)(nsec / 1000000000);
	interval->tv_nsec = (long)(nsec % 1000000000);
	return 0;
}

int sched_getscheduler(pid_t pid)
{
	struct sched_param p;
	int policy, rc = check(pid);

	rc = rc ? rc : pthread_getschedparam(MAIN_THREAD, &policy, &p);
	return rc ? result(rc) : policy;
}

int sched_getparam(pid_t pid, struct sched_param *p)
{
	int policy, rc = check(pid);

	return result(rc ? rc : pthread_getschedparam(MAIN_THREAD, &policy, p));
}

int sched_setparam(pid_t pid, const struct sched_param *p)
{
	int rc = check(pid);

	return result(rc ? rc : pthread_setschedprio(MAIN_THREAD, p->sched_priority));
}

int sched_setscheduler(pid_t pid, int policy, const struct sched_param *p)
{
	int before = sched_getscheduler(pid);

	if (before < 0)
		return -1;
	int rc = pthread_setschedparam(MAIN_THREAD, policy, p);

	return rc ? result(rc) : before;
}
