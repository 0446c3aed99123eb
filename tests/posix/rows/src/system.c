/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/utsname.h>

#include "rows.h"

#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))

static int priorities_have_a_range(void)
{
	for (int policy = SCHED_OTHER; policy <= SCHED_RR; policy++)
		MUST(sched_get_priority_min(policy) == 1 && sched_get_priority_max(policy) == 31);
	FAILS(sched_get_priority_min(99), EINVAL);
	FAILS(sched_get_priority_max(-1), EINVAL);
	return 0;
}

static int the_process_has_a_policy(void)
{
	struct sched_param p = { 0 };

	MUST(sched_getparam(0, &p) == 0 && p.sched_priority == MAIN_PRIORITY && sched_setscheduler(getpid(), SCHED_RR, &p) == SCHED_OTHER);
	p.sched_priority = 10;
	MUST(sched_getscheduler(0) == SCHED_RR && sched_setparam(0, &p) == 0 && sched_getparam(getpid(), &p) == 0 && p.sched_priority == 10);
	p.sched_priority = MAIN_PRIORITY;
	MUST(sched_setscheduler(0, SCHED_OTHER, &p) == SCHED_RR && sched_getscheduler(0) == SCHED_OTHER);
	return 0;
}

/* As long as the product says, which is 10 ms if it says nothing. */
static int the_quantum_is_told(void)
{
	struct timespec t = { 1, 1 };

	MUST(sched_rr_get_interval(0, &t) == 0 && t.tv_sec == 0 && t.tv_nsec == 10000000);
	MUST(sched_rr_get_interval(getpid(), &t) == 0 && t.tv_nsec == 10000000);
	FAILS(sched_rr_get_interval(4711, &t), ESRCH);
	return 0;
}

static int other_processes_have_none(void)
{
	struct sched_param p = { .sched_priority = 99 };

	FAILS(sched_getparam(4711, &p), ESRCH);
	FAILS(sched_setparam(4711, &p), ESRCH);
	FAILS(sched_getscheduler(4711), ESRCH);
	FAILS(sched_setscheduler(4711, SCHED_RR, &p), ESRCH);
	FAILS(sched_setparam(0, &p), EINVAL);
	FAILS(sched_setscheduler(0, SCHED_RR, &p), EINVAL);
	p.sched_priority = CEILING + 1;
	FAILS(sched_setparam(0, &p), EPERM);
	FAILS(sched_setscheduler(0, SCHED_RR, &p), EPERM);
	return 0;
}

static int turn;

static void *take_turns(void *argument)
{
	int me = (int)(intptr_t)argument;

	for (int i = 0; i < 5; i++) {
		if (turn % 2 != me)
			return argument;
		turn++;
		sched_yield();
	}
	return NULL;
}

static int who_yields_lets_its_equals_run(void)
{
	pthread_t t[2];
	void *wrong;

	turn = 0;
	for (int i = 0; i < 2; i++)
		MUST(start_at(&t[i], MAIN_PRIORITY - 1, take_turns, (void *)(intptr_t)i) == 0);
	for (int i = 0; i < 2; i++)
		MUST(pthread_join(t[i], &wrong) == 0 && wrong == NULL);
	MUST(turn == 10);
	return 0;
}

static int what_is_asked_is_told(void)
{
	struct utsname u;

	MUST(sysconf(_SC_VERSION) == 200809L && sysconf(_SC_THREADS) == 200809L && sysconf(_SC_TIMERS) == 200809L);
	MUST(sysconf(_SC_THREAD_STACK_MIN) == PTHREAD_STACK_MIN && sysconf(_SC_THREAD_KEYS_MAX) == PTHREAD_KEYS_MAX);
	MUST(sysconf(_SC_RTSIG_MAX) == 8 && sysconf(_SC_THREAD_CPUTIME) == -1);
	FAILS(sysconf(99999), EINVAL);
	FAILS(sysconf(-1), EINVAL);
	MUST((errno = 77, sysconf(_SC_ARG_MAX) == -1) && errno == 77 && sysconf(_SC_TZNAME_MAX) == 10 && sysconf(_SC_MQ_PRIO_MAX) == 32);
	MUST(uname(&u) == 0 && u.sysname[0] && u.nodename[0] && u.release[0] && u.version[0] && u.machine[0]);
	return 0;
}

static int locking_memory_has_nothing_to_do(void)
{
	static char page[32];

	MUST(mlock(page, sizeof(page)) == 0 && munlock(page, sizeof(page)) == 0 && mlockall(MCL_CURRENT | MCL_FUTURE) == 0 && munlockall() == 0);
	FAILS(mlockall(0), EINVAL);
	FAILS(mlockall(64), EINVAL);
	FAILS(mlock(page, SIZE_MAX), ENOMEM);
	FAILS(munlock(page, SIZE_MAX), ENOMEM);
	return 0;
}

static int the_environment_is_the_programs(void)
{
	MUST(getenv("ROWS_OF") == NULL && setenv("ROWS_OF", "posix", 0) == 0 && strcmp(getenv("ROWS_OF"), "posix") == 0);
	MUST(setenv("ROWS_OF", "other", 0) == 0 && strcmp(getenv("ROWS_OF"), "posix") == 0);
	MUST(setenv("ROWS_OF", "other", 1) == 0 && strcmp(getenv("ROWS_OF"), "other") == 0 && unsetenv("ROWS_OF") == 0 && getenv("ROWS_OF") == NULL);
	FAILS(setenv("A=B", "x", 1), EINVAL);
	FAILS(unsetenv("A=B"), EINVAL);
	return 0;
}

/* Names that are known have no value here, which is no error. */
static int texts_of_the_configuration_have_no_value(void)
{
	char text[4] = "###";

	errno = 77;
	MUST(confstr(_CS_PATH, NULL, 0) == 0 && confstr(_CS_PATH, text, sizeof(text)) == 0 && errno == 77 && text[0] == '#');
	MUST((errno = 0, confstr(-1, text, sizeof(text)) == 0) && errno == EINVAL && (errno = 0, confstr(99999, NULL, 0) == 0) && errno == EINVAL);
	return 0;
}

/* All paths have one: names as long as <limits.h> says, and none is cut. */
static int limits_of_names_are_told(void)
{
	MUST(pathconf("/", _PC_NAME_MAX) == NAME_MAX && pathconf("/dev/null", _PC_PATH_MAX) == PATH_MAX && fpathconf(1, _PC_NO_TRUNC) == 1 && pathconf("/", _PC_VDISABLE) == 0);
	MUST((errno = 77, pathconf("/", _PC_ASYNC_IO) == -1) && errno == 77);
	FAILS(pathconf("/", 999), EINVAL);
	FAILS(fpathconf(1, -1), EINVAL);
	FAILS(fpathconf(19, _PC_NAME_MAX), EBADF);
	return 0;
}

static int concurrency_is_kept(void)
{
	MUST(pthread_getconcurrency() == 0 && pthread_setconcurrency(3) == 0 && pthread_getconcurrency() == 3);
	MUST(pthread_setconcurrency(-1) == EINVAL && pthread_setconcurrency(0) == 0);
	return 0;
}

const struct row system_rows[] = {
	ROW(sched_get_priority_min, "success", priorities_have_a_range),
	ROW(sched_get_priority_min, "EINVAL", priorities_have_a_range),
	ROW(sched_get_priority_max, "success", priorities_have_a_range),
	ROW(sched_get_priority_max, "EINVAL", priorities_have_a_range),
	ROW(sched_getparam, "success", the_process_has_a_policy),
	ROW(sched_getparam, "ESRCH", other_processes_have_none),
	ROW(sched_setparam, "success", the_process_has_a_policy),
	ROW(sched_setparam, "ESRCH", other_processes_have_none),
	ROW(sched_setparam, "EINVAL", other_processes_have_none),
	ROW(sched_setparam, "EPERM", other_processes_have_none),
	ROW(sched_getscheduler, "success", the_process_has_a_policy),
	ROW(sched_getscheduler, "ESRCH", other_processes_have_none),
	ROW(sched_setscheduler, "success", the_process_has_a_policy),
	ROW(sched_setscheduler, "ESRCH", other_processes_have_none),
	ROW(sched_setscheduler, "EINVAL", other_processes_have_none),
	ROW(sched_setscheduler, "EPERM", other_processes_have_none),
	ROW(sched_rr_get_interval, "success", the_quantum_is_told),
	ROW(sched_rr_get_interval, "ESRCH", the_quantum_is_told),
	ROW(sched_yield, "success", who_yields_lets_its_equals_run),
	ROW(sysconf, "success", what_is_asked_is_told),
	ROW(sysconf, "EINVAL", what_is_asked_is_told),
	ROW(uname, "success", what_is_asked_is_told),
	ROW(mlock, "success", locking_memory_has_nothing_to_do),
	ROW(munlock, "success", locking_memory_has_nothing_to_do),
	ROW(mlock, "ENOMEM", locking_memory_has_nothing_to_do),
	ROW(munlock, "ENOMEM", locking_memory_has_nothing_to_do),
	ROW(mlockall, "success", locking_memory_has_nothing_to_do),
	ROW(mlockall, "EINVAL", locking_memory_has_nothing_to_do),
	ROW(munlockall, "success", locking_memory_has_nothing_to_do),
	ROW(confstr, "success", texts_of_the_configuration_have_no_value),
	ROW(confstr, "EINVAL", texts_of_the_configuration_have_no_value),
	ROW(pathconf, "success", limits_of_names_are_told),
	ROW(pathconf, "EINVAL", limits_of_names_are_told),
	ROW(fpathconf, "success", limits_of_names_are_told),
	ROW(fpathconf, "EINVAL", limits_of_names_are_told),
	ROW(fpathconf, "EBADF", limits_of_names_are_told),
	ROW(getenv, "success", the_environment_is_the_programs),
	ROW(setenv, "success", the_environment_is_the_programs),
	ROW(setenv, "EINVAL", the_environment_is_the_programs),
	ROW(unsetenv, "success", the_environment_is_the_programs),
	ROW(unsetenv, "EINVAL", the_environment_is_the_programs),
	ROW(pthread_setconcurrency, "success", concurrency_is_kept),
	ROW(pthread_setconcurrency, "EINVAL", concurrency_is_kept),
	ROW(pthread_getconcurrency, "success", concurrency_is_kept),
	ROWS_END
};
