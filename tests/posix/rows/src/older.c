/* SPDX-License-Identifier: Apache-2.0 */
/* Jumps, abort, the older calls for signals, and clocks that are not there. */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>

#include "held.h"
#include "rows.h"

static jmp_buf back;
static sigjmp_buf out;
static volatile int count;

static void note(int number)
{
	(void)number;
	count++;
}

static void leave(int number)
{
	siglongjmp(out, number);
}

static int a_jump_comes_back_with_its_value(void)
{
	volatile int rounds = 0;
	int value = setjmp(back);

	if (rounds++ < 2)
		longjmp(back, rounds - 1);
	MUST(value == 1 && rounds == 3);	/* 0 comes back as 1 */
	return 0;
}

static int who_aborts_can_leave_by_its_handler_only(void)
{
	sigset_t mask;

	MUST(signal(SIGABRT, leave) != SIG_ERR);
	int value = sigsetjmp(out, 1);

	if (!value)
		abort();
	MUST(value == SIGABRT && signal(SIGABRT, SIG_DFL) == leave && sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && !sigismember(&mask, SIGABRT));
	return 0;
}

static int what_is_held_waits(void)
{
	count = 0;
	MUST(sigset(SIGUSR1, note) != SIG_ERR && sighold(SIGUSR1) == 0 && raise(SIGUSR1) == 0 && count == 0 && sigrelse(SIGUSR1) == 0 && count == 1);
	MUST(sigset(SIGUSR1, SIG_HOLD) == note && raise(SIGUSR1) == 0 && count == 1);
	FAILS(sigpause(SIGUSR1) == -1, EINTR);
	MUST(count == 2 && raise(SIGUSR1) == 0 && count == 2 && sigset(SIGUSR1, note) == SIG_HOLD && count == 3);
	MUST(sigignore(SIGUSR1) == 0 && raise(SIGUSR1) == 0 && count == 3 && signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	return 0;
}

static int what_cannot_be_held_is_refused(void)
{
	static const int wrong[] = { 0, -1, NSIG, SIGKILL, SIGSTOP };

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		FAILS(sighold(wrong[i]) == -1, EINVAL);
		FAILS(sigrelse(wrong[i]) == -1, EINVAL);
		FAILS(sigignore(wrong[i]) == -1, EINVAL);
		FAILS(sigset(wrong[i], SIG_IGN) == SIG_ERR, EINVAL);
	}
	FAILS(sigpause(NSIG) == -1, EINVAL);
	return 0;
}

static void *nothing(void *argument)
{
	return argument;
}

static int no_clock_counts_a_threads_time(void)
{
	clockid_t clocks[] = { CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID }, clock;
	struct timespec t = { .tv_sec = 1 };
	timer_t timer;

	MUST(sysconf(_SC_CPUTIME) == -1 && sysconf(_SC_THREAD_CPUTIME) == -1 && _POSIX_CPUTIME == -1 && _POSIX_THREAD_CPUTIME == -1);
	MUST(clock_getcpuclockid(0, &clock) == ENOSYS && clock_getcpuclockid(getpid(), &clock) == ENOSYS && pthread_getcpuclockid(pthread_self(), &clock) == ENOSYS);
	for (int i = 0; i < 2; i++) {
		FAILS(clock_gettime(clocks[i], &t) == -1, EINVAL);
		FAILS(clock_getres(clocks[i], &t) == -1, EINVAL);
		FAILS(clock_settime(clocks[i], &t) == -1, EINVAL);
		FAILS(timer_create(clocks[i], NULL, &timer) == -1, EINVAL);
		MUST(clock_nanosleep(clocks[i], 0, &t, NULL) == EINVAL);
	}
	return 0;
}

static int nobody_has_no_clock(void)
{
	clockid_t clock;
	pthread_t t;

	MUST(pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0);
	MUST(clock_getcpuclockid(4711, &clock) == ESRCH && pthread_getcpuclockid(t, &clock) == ESRCH);
	return 0;
}

const struct row older_rows[] = {
	ROW(setjmp, "success", a_jump_comes_back_with_its_value),
	ROW(longjmp, "success", a_jump_comes_back_with_its_value),
	ROW(sigsetjmp, "success", who_aborts_can_leave_by_its_handler_only),
	ROW(siglongjmp, "success", who_aborts_can_leave_by_its_handler_only),
	ROW(abort, "handler", who_aborts_can_leave_by_its_handler_only),
	ROW(sighold, "success", what_is_held_waits),
	ROW(sighold, "EINVAL", what_cannot_be_held_is_refused),
	ROW(sigrelse, "success", what_is_held_waits),
	ROW(sigrelse, "EINVAL", what_cannot_be_held_is_refused),
	ROW(sigignore, "success", what_is_held_waits),
	ROW(sigignore, "EINVAL", what_cannot_be_held_is_refused),
	ROW(sigset, "success", what_is_held_waits),
	ROW(sigset, "EINVAL", what_cannot_be_held_is_refused),
	ROW(sigpause, "EINTR", what_is_held_waits),
	ROW(sigpause, "EINVAL", what_cannot_be_held_is_refused),
	ROW(clock_getcpuclockid, "ENOSYS", no_clock_counts_a_threads_time),
	ROW(clock_getcpuclockid, "ESRCH", nobody_has_no_clock),
	ROW(pthread_getcpuclockid, "ENOSYS", no_clock_counts_a_threads_time),
	ROW(pthread_getcpuclockid, "ESRCH", nobody_has_no_clock),
	ROW(clock_gettime, "EINVAL-cputime", no_clock_counts_a_threads_time),
	ROW(clock_nanosleep, "EINVAL-cputime", no_clock_counts_a_threads_time),
	ROW(timer_create, "EINVAL-cputime", no_clock_counts_a_threads_time),
	ROWS_END
};
