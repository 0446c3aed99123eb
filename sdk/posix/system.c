/* SPDX-License-Identifier: Apache-2.0 */
/* What a program can ask about the system.  Memory never leaves its place here, so that locking it has nothing to do. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <ms/syscall.h>

#include "calendar.h"
#include "posix.h"

struct limit { int name; long value; };

static const struct limit limits[] = {
	{ _SC_VERSION, 200809L }, { _SC_THREADS, _POSIX_THREADS }, { _SC_TIMERS, _POSIX_TIMERS }, { _SC_SEMAPHORES, _POSIX_SEMAPHORES },
	{ _SC_REALTIME_SIGNALS, _POSIX_REALTIME_SIGNALS }, { _SC_MONOTONIC_CLOCK, _POSIX_MONOTONIC_CLOCK },
	{ _SC_CLOCK_SELECTION, _POSIX_CLOCK_SELECTION }, { _SC_TIMEOUTS, _POSIX_TIMEOUTS }, { _SC_MEMLOCK, _POSIX_MEMLOCK },
	{ _SC_MEMLOCK_RANGE, _POSIX_MEMLOCK_RANGE }, { _SC_THREAD_ATTR_STACKADDR, _POSIX_THREAD_ATTR_STACKADDR },
	{ _SC_THREAD_ATTR_STACKSIZE, _POSIX_THREAD_ATTR_STACKSIZE }, { _SC_THREAD_PRIO_INHERIT, _POSIX_THREAD_PRIO_INHERIT },
	{ _SC_THREAD_PRIO_PROTECT, _POSIX_THREAD_PRIO_PROTECT }, { _SC_THREAD_PRIORITY_SCHEDULING, _POSIX_THREAD_PRIORITY_SCHEDULING },
	{ _SC_READER_WRITER_LOCKS, _POSIX_READER_WRITER_LOCKS }, { _SC_BARRIERS, _POSIX_BARRIERS }, { _SC_SPIN_LOCKS, _POSIX_SPIN_LOCKS },
	{ _SC_THREAD_STACK_MIN, PTHREAD_STACK_MIN }, { _SC_THREAD_KEYS_MAX, PTHREAD_KEYS_MAX },
	{ _SC_THREAD_DESTRUCTOR_ITERATIONS, PTHREAD_DESTRUCTOR_ITERATIONS }, { _SC_RTSIG_MAX, RTSIG_MAX }, { _SC_SIGQUEUE_MAX, SIGQUEUE_MAX },
	{ _SC_TIMER_MAX, TIMER_MAX }, { _SC_DELAYTIMER_MAX, DELAYTIMER_MAX }, { _SC_SEM_VALUE_MAX, SEM_VALUE_MAX },
	{ _SC_OPEN_MAX, OPEN_MAX }, { _SC_SEM_NSEMS_MAX, -1 }, { _SC_THREAD_THREADS_MAX, -1 }, { _SC_PAGESIZE, 32 }, { _SC_CLK_TCK, CLOCKS_PER_SEC },
	{ _SC_THREAD_CPUTIME, -1 }, { _SC_CPUTIME, -1 }, { _SC_THREAD_SPORADIC_SERVER, -1 }, { _SC_SHARED_MEMORY_OBJECTS, _POSIX_SHARED_MEMORY_OBJECTS },
	{ _SC_TZNAME_MAX, TZNAME_MAX }, { _SC_MESSAGE_PASSING, _POSIX_MESSAGE_PASSING }, { _SC_MQ_OPEN_MAX, MQ_OPEN_MAX }, { _SC_MQ_PRIO_MAX, MQ_PRIO_MAX }, { _SC_FSYNC, _POSIX_FSYNC }, { _SC_SYNCHRONIZED_IO, _POSIX_SYNCHRONIZED_IO }, { _SC_THREAD_PROCESS_SHARED, -1 },
};

long sysconf(int name)
{
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (limits[i].name == name)
			return limits[i].value;
	if (name < _SC_ARG_MAX || name > _SC_POSIX_26_VERSION)	/* any other is a name that has no value here */
		errno = EINVAL;
	return -1;
}

int uname(struct utsname *u)
{
	*u = (struct utsname){ .sysname = "Microservice SDK", .nodename = "device", .release = "1", .version = "1" };
#ifdef __arm__
	strcpy(u->machine, "arm");
#else
	strcpy(u->machine, "simulation");
#endif
	return 0;
}

/* Memory that goes on behind the last address is nobody's. */
static int check(const void *at, size_t size)
{
	if (size <= UINTPTR_MAX - (uintptr_t)at)
		return 0;
	errno = ENOMEM;
	return -1;
}

int mlock(const void *at, size_t size)
{
	return check(at, size);
}

int munlock(const void *at, size_t size)
{
	return check(at, size);
}

int mlockall(int flags)
{
	if (flags & (MCL_CURRENT | MCL_FUTURE) && !(flags & ~(MCL_CURRENT | MCL_FUTURE)))
		return 0;
	errno = EINVAL;
	return -1;
}

int munlockall(void)
{
	return 0;
}
