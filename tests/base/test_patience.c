/* SPDX-License-Identifier: Apache-2.0 */
#include "patience.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define SECOND UINT64_C(1000000000)

enum { LOOKS = 4 };

static void sleeps(void)
{
	for (;;)
		pause();
}

static void loops(void)
{
	for (volatile unsigned i = 0;; i++)
		;
}

/* As who watches a test, which has a group of its own. */
static void watches_a_loop(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setpgid(0, 0);
		loops();
	}
	for (;;)
		pause();
}

/* A process in a group (0: one of its own) that does this until we end. */
static pid_t start(void (*what)(void), pid_t group, int nice)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setpgid(0, group);
		setpriority(PRIO_PROCESS, 0, nice);
		what();
	}
	assert_true(pid > 0);
	setpgid(pid, group ? group : pid);
	return pid;
}

static void stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* The part of two seconds, in percent, that is its own. */
static unsigned own_percent(pid_t group)
{
	struct patience p;
	struct timespec pause = { .tv_nsec = SECOND / 2 };
	uint64_t own = 0;

	patience_begin(&p, group);
	uint64_t begun = p.looked_nsec;
	for (int i = 0; i < LOOKS; i++) {
		nanosleep(&pause, NULL);
		own = patience_own_nsec(&p);
	}
	return (unsigned)(own * 100 / (p.looked_nsec - begun));
}

static void who_sleeps_has_all_time(void **state)
{
	(void)state;
	pid_t pid = start(sleeps, 0, 0);

	assert_in_range(own_percent(pid), 95, 100);
	stop(pid);
}

static void a_group_that_is_not_there_has_all_time(void **state)
{
	(void)state;
	pid_t pid = start(sleeps, 0, 0);

	stop(pid);
	assert_in_range(own_percent(pid), 95, 100);
}

/* Beside two for each processor that are asked first it gets next to nothing; without them at least as much. */
static void is_starved(void (*what)(void))
{
	pid_t starved = start(what, 0, 19), hogs = start(loops, 0, 0);

	for (long i = 1; i < 2 * sysconf(_SC_NPROCESSORS_ONLN); i++)
		start(loops, hogs, 0);
	assert_in_range(own_percent(starved), 9, 40);
	kill(-hogs, SIGKILL);
	stop(hogs);
	stop(starved);
}

static void time_in_which_others_have_the_processors_does_not_count(void **state)
{
	(void)state;
	is_starved(loops);
}

static void who_is_watched_counts_with_the_group(void **state)
{
	(void)state;
	is_starved(watches_a_loop);
}

/* Two that loop have not twice the time of one. */
static void a_loop_is_told_from_several(void **state)
{
	(void)state;
	pid_t one = start(loops, 0, 0), second = start(loops, one, 0);

	assert_in_range(own_percent(one), 9, 100);
	stop(second);
	stop(one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_sleeps_has_all_time),
		cmocka_unit_test(a_group_that_is_not_there_has_all_time),
		cmocka_unit_test(time_in_which_others_have_the_processors_does_not_count),
		cmocka_unit_test(who_is_watched_counts_with_the_group),
		cmocka_unit_test(a_loop_is_told_from_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
