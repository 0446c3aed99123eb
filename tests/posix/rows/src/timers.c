/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <signal.h>

#include "rows.h"

#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))
#define MSEC(n) { .tv_sec = (n) / 1000, .tv_nsec = (n) % 1000 * 1000000L }

static volatile int count, value;
static volatile bool noticed;

static void note(int number, siginfo_t *info, void *context)
{
	(void)number, (void)context;
	count++;
	value = info->si_code == SI_TIMER ? info->si_value.sival_int : -1;
}

static int make(timer_t *t, clockid_t clock)
{
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
	struct sigevent e = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN, .sigev_value.sival_int = 77 };

	count = value = 0;
	return sigaction(SIGRTMIN, &a, NULL) || timer_create(clock, &e, t);
}

/* At least so many milliseconds, whatever interrupts. */
static void let_pass(long msec)
{
	long long end = now_msec() + msec;

	while (now_msec() < end)
		sleep_msec(end - now_msec());
}

static int a_timer_fires_once(void)
{
	struct itimerspec in20 = { .it_value = MSEC(20) }, old, now;
	clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	timer_t t;

	for (int i = 0; i < 2; i++) {
		MUST(make(&t, clocks[i]) == 0 && timer_settime(t, 0, &in20, &old) == 0 && old.it_value.tv_sec == 0 && old.it_value.tv_nsec == 0);
		MUST(timer_gettime(t, &now) == 0 && now.it_value.tv_nsec > 0 && now.it_value.tv_nsec <= 20000000 && now.it_interval.tv_nsec == 0);
		let_pass(10);
		MUST(count == 0);
		let_pass(60);
		MUST(count == 1 && value == 77 && timer_gettime(t, &now) == 0 && now.it_value.tv_nsec == 0 && timer_delete(t) == 0);
	}
	return 0;
}

static int a_timer_fires_again_and_again(void)
{
	struct itimerspec each10 = { .it_value = MSEC(10), .it_interval = MSEC(10) }, off = { .it_value = { 0 } }, old;
	timer_t t;

	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, 0, &each10, NULL) == 0);
	let_pass(55);
	MUST(count >= 4 && count <= 6 && timer_settime(t, 0, &off, &old) == 0 && old.it_interval.tv_nsec == 10000000);
	int before = count;

	let_pass(30);
	MUST(count == before && timer_delete(t) == 0);
	return 0;
}

static int a_time_that_has_passed_fires_at_once(void)
{
	struct itimerspec at = { .it_value = in_msec(CLOCK_MONOTONIC, 20) };
	timer_t t;

	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, TIMER_ABSTIME, &at, NULL) == 0);
	let_pass(5);
	MUST(count == 0);
	let_pass(40);
	MUST(count == 1 && timer_settime(t, TIMER_ABSTIME, &at, NULL) == 0);
	let_pass(5);
	MUST(count == 2 && timer_delete(t) == 0);
	return 0;
}

static int missed_ones_are_counted(void)
{
	struct itimerspec each10 = { .it_value = MSEC(10), .it_interval = MSEC(10) };
	sigset_t set;
	timer_t t;

	MUST(sigemptyset(&set) == 0 && sigaddset(&set, SIGRTMIN) == 0 && sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, 0, &each10, NULL) == 0);
	let_pass(55);
	MUST(count == 0 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0 && count == 1);
	int overrun = timer_getoverrun(t);

	MUST(overrun >= 3 && overrun <= 5 && timer_delete(t) == 0);
	return 0;
}

/* Nanoseconds on the clock of the timers below. */
static long long now_nsec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* To the moment in which the signal is taken, however short the period: between what the clock says of before and after. */
static int all_are_counted_until_it_is_taken(void)
{
	enum { PERIOD_NSEC = 20000 };
	long long first = now_nsec() + 1000000;
	struct itimerspec often = { .it_value = { first / 1000000000, (long)(first % 1000000000) }, .it_interval = { .tv_nsec = PERIOD_NSEC } };
	sigset_t set;
	timer_t t;

	MUST(sigemptyset(&set) == 0 && sigaddset(&set, SIGRTMIN) == 0 && sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, TIMER_ABSTIME, &often, NULL) == 0);
	let_pass(3);
	long long before = now_nsec() - first;
	int number = sigwaitinfo(&set, NULL), overrun = timer_getoverrun(t);
	long long after = now_nsec() - first;

	MUST(number == SIGRTMIN && overrun >= before / PERIOD_NSEC && overrun <= after / PERIOD_NSEC && overrun > 50);
	MUST(timer_delete(t) == 0 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	return 0;
}

static int a_short_period_leaves_time_to_others(void)
{
	struct itimerspec fast = { .it_value = { .tv_nsec = 1 }, .it_interval = { .tv_nsec = 1 } };
	timer_t t;

	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, 0, &fast, NULL) == 0);
	let_pass(5);
	MUST(count > 0 && timer_getoverrun(t) > 1000 && timer_delete(t) == 0);
	return 0;
}

static int what_is_deleted_does_not_fire(void)
{
	struct itimerspec in10 = { .it_value = MSEC(10) }, now;
	timer_t t;

	MUST(make(&t, CLOCK_MONOTONIC) == 0 && timer_settime(t, 0, &in10, NULL) == 0 && timer_delete(t) == 0);
	let_pass(30);
	MUST(count == 0);
	FAILS(timer_delete(t), EINVAL);
	FAILS(timer_settime(t, 0, &in10, NULL), EINVAL);
	FAILS(timer_gettime(t, &now), EINVAL);
	FAILS(timer_getoverrun(t), EINVAL);
	return 0;
}

static int timers_have_their_values(void)
{
	struct itimerspec bad = { .it_value = { .tv_sec = 1, .tv_nsec = 1000000000 } }, negative = { .it_value = { .tv_nsec = -1 } }, before = { .it_value = { .tv_sec = -1 } };
	struct sigevent e = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = NSIG }, what = { .sigev_notify = 99 };
	timer_t t;

	FAILS(timer_create(99, NULL, &t), EINVAL);
	FAILS(timer_create(CLOCK_MONOTONIC, &e, &t), EINVAL);
	FAILS(timer_create(CLOCK_MONOTONIC, &what, &t), EINVAL);
	MUST(timer_create(CLOCK_MONOTONIC, NULL, &t) == 0);
	FAILS(timer_settime(t, 0, &bad, NULL), EINVAL);
	FAILS(timer_settime(t, 0, &negative, NULL), EINVAL);
	FAILS(timer_settime(t, 0, &before, NULL), EINVAL);
	MUST(timer_delete(t) == 0);
	return 0;
}

static int there_are_so_many_timers(void)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	timer_t t[TIMER_MAX + 1];
	int made = 0;

	while (made <= TIMER_MAX && timer_create(CLOCK_MONOTONIC, &none, &t[made]) == 0)
		made++;
	MUST(made == TIMER_MAX && errno == EAGAIN);
	while (made)
		MUST(timer_delete(t[--made]) == 0);
	return 0;
}

static int a_silent_timer_runs(void)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	struct itimerspec in50 = { .it_value = MSEC(50) }, now;
	timer_t t;

	MUST(timer_create(CLOCK_MONOTONIC, &none, &t) == 0 && timer_settime(t, 0, &in50, NULL) == 0);
	let_pass(20);
	MUST(timer_gettime(t, &now) == 0 && now.it_value.tv_nsec > 10000000 && now.it_value.tv_nsec <= 30000000);
	let_pass(40);
	MUST(timer_gettime(t, &now) == 0 && now.it_value.tv_nsec == 0 && timer_delete(t) == 0);
	return 0;
}

static void notice(union sigval v)
{
	value = v.sival_int;
	noticed = true;
}

static int a_thread_is_started_for_it(void)
{
	struct sigevent e = { .sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 5, .sigev_notify_function = notice };
	struct itimerspec in10 = { .it_value = MSEC(10) };
	timer_t t;

	noticed = false;
	MUST(timer_create(CLOCK_MONOTONIC, &e, &t) == 0 && timer_settime(t, 0, &in10, NULL) == 0);
	let_pass(40);
	MUST(noticed && value == 5 && timer_delete(t) == 0);
	return 0;
}

static void count_one(int number)
{
	(void)number;
	count++;
}

static int an_alarm_comes(void)
{
	count = 0;
	MUST(signal(SIGALRM, count_one) != SIG_ERR && alarm(5) == 0 && alarm(1) == 5 && sleep(3) == 2 && count == 1);
	MUST(alarm(1) == 0 && alarm(0) == 1);
	let_pass(1100);
	MUST(count == 1);
	return 0;
}

static int a_clock_goes_on(void)
{
	clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	struct timespec before, after, resolution;

	for (int i = 0; i < 2; i++) {
		MUST(clock_gettime(clocks[i], &before) == 0);
		sleep_msec(10);
		MUST(clock_gettime(clocks[i], &after) == 0 && clock_getres(clocks[i], &resolution) == 0 && clock_getres(clocks[i], NULL) == 0);
		MUST((after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec >= 10000000);
		MUST(resolution.tv_sec == 0 && resolution.tv_nsec > 0 && resolution.tv_nsec <= 20000000);
	}
	return 0;
}

static int clocks_that_are_none_are_refused(void)
{
	struct timespec t = { .tv_sec = 1 }, bad = NO_FRACTION;

	FAILS(clock_gettime(99, &t), EINVAL);
	FAILS(clock_getres(99, &t), EINVAL);
	FAILS(clock_settime(99, &t), EINVAL);
	FAILS(clock_settime(CLOCK_MONOTONIC, &t), EINVAL);
	FAILS(clock_settime(CLOCK_REALTIME, &bad), EINVAL);
	MUST(clock_nanosleep(99, 0, &t, NULL) == EINVAL && clock_nanosleep(CLOCK_MONOTONIC, 0, &bad, NULL) == EINVAL);
	FAILS(nanosleep(&bad, NULL), EINVAL);
	bad = (struct timespec)NEGATIVE_FRACTION;
	FAILS(nanosleep(&bad, NULL), EINVAL);
	return 0;
}

static int who_waits_for_a_time_of_day_sees_it_set(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t c = PTHREAD_COND_INITIALIZER;
	struct timespec day = { .tv_sec = 1800000000 }, until = { .tv_sec = 1800003600 }, now;
	struct itimerspec at = { .it_value = { .tv_sec = 1800003600 } };
	timer_t t;

	MUST(clock_settime(CLOCK_REALTIME, &day) == 0 && clock_gettime(CLOCK_REALTIME, &now) == 0 && now.tv_sec == 1800000000);
	MUST(time(NULL) == 1800000000 && make(&t, CLOCK_REALTIME) == 0 && timer_settime(t, TIMER_ABSTIME, &at, NULL) == 0);
	day.tv_sec += 3600;
	MUST(clock_settime(CLOCK_REALTIME, &day) == 0);
	let_pass(5);
	MUST(count == 1 && timer_delete(t) == 0 && pthread_mutex_lock(&m) == 0 && pthread_cond_timedwait(&c, &m, &until) == ETIMEDOUT);
	MUST(pthread_mutex_unlock(&m) == 0 && clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) == 0);
	return 0;
}

/* POSIX: setting the time of day moves what waits for one, and not what waits for a while. */
static int a_while_is_not_a_time_of_day(void)
{
	struct itimerspec in50 = { .it_value = MSEC(50) };
	struct timespec later = in_msec(CLOCK_REALTIME, 3600000), now = in_msec(CLOCK_REALTIME, 0);
	timer_t t;

	MUST(make(&t, CLOCK_REALTIME) == 0 && timer_settime(t, 0, &in50, NULL) == 0 && clock_settime(CLOCK_REALTIME, &later) == 0);
	let_pass(20);
	MUST(count == 0 && timer_gettime(t, &in50) == 0 && in50.it_value.tv_sec == 0 && in50.it_value.tv_nsec <= 30000000);
	MUST(clock_settime(CLOCK_REALTIME, &now) == 0);
	let_pass(40);
	MUST(count == 1 && timer_delete(t) == 0);
	return 0;
}

static int a_sleep_takes_its_time(void)
{
	struct timespec t = MSEC(20), at, left = { .tv_sec = 5 };
	long long before = now_msec();

	MUST(nanosleep(&t, &left) == 0 && now_msec() - before >= 19 && clock_nanosleep(CLOCK_REALTIME, 0, &t, NULL) == 0 && now_msec() - before >= 39);
	at = in_msec(CLOCK_MONOTONIC, 20);
	MUST(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == 0 && now_msec() - before >= 59);
	MUST(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == 0 && usleep(1000) == 0 && sleep(1) == 0 && now_msec() - before >= 1060);
	return 0;
}

static void *sleep_for_ages(void *argument)
{
	struct timespec t = { .tv_sec = (time_t)1 << 61 };

	*(int *)argument = 1;
	nanosleep(&t, NULL);
	*(int *)argument = 2;
	return NULL;
}

static int a_time_that_does_not_fit_is_never(void)
{
	pthread_t t;
	int state = 0;

	MUST(start_at(&t, CEILING, sleep_for_ages, &state) == 0);
	sleep_msec(10);
	MUST(state == 1 && pthread_cancel(t) == 0 && pthread_join(t, NULL) == 0 && state == 1);
	return 0;
}

const struct row timer_rows[] = {
	ROW(clock_gettime, "success", a_clock_goes_on),
	ROW(clock_gettime, "EINVAL", clocks_that_are_none_are_refused),
	ROW(clock_getres, "success", a_clock_goes_on),
	ROW(clock_getres, "EINVAL", clocks_that_are_none_are_refused),
	ROW(clock_settime, "success", who_waits_for_a_time_of_day_sees_it_set),
	ROW(clock_settime, "EINVAL", clocks_that_are_none_are_refused),
	ROW(clock_nanosleep, "success", a_sleep_takes_its_time),
	ROW(clock_nanosleep, "EINVAL", clocks_that_are_none_are_refused),
	ROW(nanosleep, "success", a_sleep_takes_its_time),
	ROW(nanosleep, "far", a_time_that_does_not_fit_is_never),
	ROW(nanosleep, "EINVAL", clocks_that_are_none_are_refused),
	ROW(sleep, "success", a_sleep_takes_its_time),
	ROW(timer_create, "success", a_timer_fires_once),
	ROW(timer_create, "SIGEV_NONE", a_silent_timer_runs),
	ROW(timer_create, "SIGEV_THREAD", a_thread_is_started_for_it),
	ROW(timer_create, "EINVAL", timers_have_their_values),
	ROW(timer_create, "EAGAIN", there_are_so_many_timers),
	ROW(timer_delete, "success", what_is_deleted_does_not_fire),
	ROW(timer_delete, "EINVAL", what_is_deleted_does_not_fire),
	ROW(timer_settime, "success", a_timer_fires_again_and_again),
	ROW(timer_settime, "past", a_time_that_has_passed_fires_at_once),
	ROW(timer_settime, "short", a_short_period_leaves_time_to_others),
	ROW(timer_settime, "relative", a_while_is_not_a_time_of_day),
	ROW(timer_settime, "EINVAL", timers_have_their_values),
	ROW(timer_gettime, "success", a_timer_fires_once),
	ROW(timer_gettime, "EINVAL", what_is_deleted_does_not_fire),
	ROW(timer_getoverrun, "success", missed_ones_are_counted),
	ROW(timer_getoverrun, "moment", all_are_counted_until_it_is_taken),
	ROW(timer_getoverrun, "EINVAL", what_is_deleted_does_not_fire),
	ROW(alarm, "success", an_alarm_comes),
	ROWS_END
};
