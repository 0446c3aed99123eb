/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks of processor time: the kernel does not count whose instructions run, so there are none (_POSIX_CPUTIME and _POSIX_THREAD_CPUTIME are -1). */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "posix.h"

int clock_getcpuclockid(pid_t pid, clockid_t *clock)
{
	(void)clock;
	return pid == 0 || pid == getpid() ? ENOSYS : ESRCH;
}

int pthread_getcpuclockid(pthread_t thread, clockid_t *clock)
{
	struct thread *self = posix_self();

	(void)clock;
	posix_lock(self);
	int rc = posix_find(thread) ? ENOSYS : ESRCH;

	posix_unlock(self);
	return rc;
}
