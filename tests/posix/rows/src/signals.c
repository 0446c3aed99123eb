/* SPDX-License-Identifier: Apache-2.0 */
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>

#include "rows.h"

#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))
static const struct timespec at_once;

static volatile int seen[8], count;
static siginfo_t last;
static sem_t sem;

static void note(int number)
{
	if (count < 8)
		seen[count] = number;
	count++;
}

static void note_all(int number, siginfo_t *info, void *context)
{
	(void)context;
	last = *info;
	note(number);
}

static int catch(int number, int flags)
{
	struct sigaction a = { .sa_handler = note, .sa_flags = flags };

	if (flags & SA_SIGINFO)
		a.sa_sigaction = note_all;
	count = 0;
	return sigaction(number, &a, NULL);
}

static sigset_t only(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	return set;
}

static int block(int number, bool yes)
{
	sigset_t set = only(number);

	return sigprocmask(yes ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

static int sets_hold_what_is_added(void)
{
	sigset_t set;

	MUST(sigemptyset(&set) == 0 && sigaddset(&set, SIGUSR1) == 0 && sigaddset(&set, SIGRTMAX) == 0);
	MUST(sigismember(&set, SIGUSR1) == 1 && sigismember(&set, SIGRTMAX) == 1 && sigismember(&set, SIGUSR2) == 0);
	MUST(sigdelset(&set, SIGUSR1) == 0 && sigismember(&set, SIGUSR1) == 0 && sigfillset(&set) == 0);
	for (int i = 1; i <= SIGRTMAX; i++)
		MUST(sigismember(&set, i) == 1);
	FAILS(sigaddset(&set, 0), EINVAL);
	FAILS(sigaddset(&set, NSIG), EINVAL);
	FAILS(sigdelset(&set, -1), EINVAL);
	FAILS(sigismember(&set, NSIG), EINVAL);
	return 0;
}

static int a_signal_to_oneself_is_there_before_the_call_returns(void)
{
	MUST(catch(SIGUSR1, 0) == 0 && raise(SIGUSR1) == 0 && count == 1 && seen[0] == SIGUSR1);
	MUST(kill(getpid(), SIGUSR1) == 0 && count == 2 && kill(0, SIGUSR1) == 0 && count == 3);
	MUST(pthread_kill(pthread_self(), SIGUSR1) == 0 && count == 4);
	MUST(kill(getpid(), 0) == 0 && pthread_kill(pthread_self(), 0) == 0 && count == 4);
	return 0;
}

static int an_action_is_kept_and_given_back(void)
{
	struct sigaction old, a = { .sa_handler = note, .sa_mask = only(SIGUSR2), .sa_flags = SA_RESTART };

	MUST(sigaction(SIGUSR1, &a, NULL) == 0 && sigaction(SIGUSR1, NULL, &old) == 0);
	MUST(old.sa_handler == note && old.sa_flags == SA_RESTART && sigismember(&old.sa_mask, SIGUSR2) == 1);
	MUST(signal(SIGUSR1, SIG_IGN) == note && raise(SIGUSR1) == 0 && signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	return 0;
}

static int what_cannot_be_caught_is_refused(void)
{
	struct sigaction a = { .sa_handler = note };

	FAILS(sigaction(SIGKILL, &a, NULL), EINVAL);
	FAILS(sigaction(SIGSTOP, &a, NULL), EINVAL);
	FAILS(sigaction(0, &a, NULL), EINVAL);
	FAILS(sigaction(NSIG, &a, NULL), EINVAL);
	MUST(signal(SIGKILL, note) == SIG_ERR && errno == EINVAL);
	return 0;
}

static int numbers_and_receivers_that_are_none_are_refused(void)
{
	union sigval v = { 0 };

	FAILS(raise(-1), EINVAL);
	FAILS(kill(getpid(), NSIG), EINVAL);
	FAILS(kill(4711, SIGUSR1), ESRCH);
	FAILS(sigqueue(4711, SIGUSR1, v), ESRCH);
	FAILS(sigqueue(getpid(), NSIG, v), EINVAL);
	MUST(pthread_kill(pthread_self(), NSIG) == EINVAL && pthread_kill(pthread_self(), -1) == EINVAL);
	return 0;
}

static void *nothing(void *argument)
{
	return argument;
}

static int who_has_ended_gets_no_signal(void)
{
	pthread_t t;

	MUST(pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0 && pthread_kill(t, SIGUSR1) == ESRCH);
	return 0;
}

static int what_is_blocked_waits(void)
{
	sigset_t set, old;

	MUST(catch(SIGUSR1, 0) == 0 && block(SIGUSR1, true) == 0 && raise(SIGUSR1) == 0 && raise(SIGUSR1) == 0 && count == 0);
	MUST(sigpending(&set) == 0 && sigismember(&set, SIGUSR1) == 1 && sigismember(&set, SIGUSR2) == 0);
	MUST(pthread_sigmask(SIG_SETMASK, NULL, &old) == 0 && sigismember(&old, SIGUSR1) == 1);
	MUST(block(SIGUSR1, false) == 0 && count == 1 && sigpending(&set) == 0 && sigismember(&set, SIGUSR1) == 0);
	set = only(SIGUSR2);
	MUST(sigprocmask(SIG_SETMASK, &set, &old) == 0 && sigismember(&old, SIGUSR2) == 0 && sigprocmask(SIG_SETMASK, &old, &set) == 0 && sigismember(&set, SIGUSR2) == 1);
	MUST(pthread_sigmask(99, &set, NULL) == EINVAL);
	FAILS(sigprocmask(99, &set, NULL), EINVAL);
	return 0;
}

static int what_is_ignored_waits_while_it_is_blocked(void)
{
	sigset_t set;

	MUST(block(SIGCONT, true) == 0 && raise(SIGCONT) == 0 && sigpending(&set) == 0 && sigismember(&set, SIGCONT) == 1);
	set = only(SIGCONT);
	MUST(sigtimedwait(&set, NULL, &at_once) == SIGCONT && raise(SIGCONT) == 0 && block(SIGCONT, false) == 0);
	MUST(sigpending(&set) == 0 && set == 0);
	return 0;
}

static int a_handler_runs_with_its_signals_blocked(void)
{
	struct sigaction a = { .sa_handler = note, .sa_flags = SA_RESETHAND };
	struct sigaction now;

	count = 0;
	MUST(sigaction(SIGUSR2, &a, NULL) == 0 && raise(SIGUSR2) == 0 && count == 1);
	MUST(sigaction(SIGUSR2, NULL, &now) == 0 && now.sa_handler == SIG_DFL);
	return 0;
}

static int queued_ones_come_in_order_each_with_its_value(void)
{
	siginfo_t info;
	sigset_t set = only(SIGRTMIN);

	MUST(catch(SIGRTMIN, SA_SIGINFO) == 0 && block(SIGRTMIN, true) == 0);
	for (int i = 1; i <= 3; i++)
		MUST(sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = i }) == 0);
	MUST(count == 0 && sigwaitinfo(&set, &info) == SIGRTMIN && info.si_value.sival_int == 1 && info.si_code == SI_QUEUE);
	MUST(block(SIGRTMIN, false) == 0 && count == 2 && last.si_value.sival_int == 3 && last.si_signo == SIGRTMIN);
	return 0;
}

static int lower_numbers_come_first(void)
{
	union sigval v = { 0 };

	MUST(catch(SIGRTMIN + 1, SA_SIGINFO) == 0 && catch(SIGRTMIN, SA_SIGINFO) == 0);
	MUST(block(SIGRTMIN, true) == 0 && block(SIGRTMIN + 1, true) == 0);
	MUST(sigqueue(getpid(), SIGRTMIN + 1, v) == 0 && sigqueue(getpid(), SIGRTMIN, v) == 0);
	sigset_t none;

	MUST(sigemptyset(&none) == 0 && sigprocmask(SIG_SETMASK, &none, NULL) == 0 && count == 2);
	MUST(seen[0] == SIGRTMIN && seen[1] == SIGRTMIN + 1);
	return 0;
}

static int the_queue_is_full_at_its_end(void)
{
	union sigval v = { 0 };
	sigset_t set = only(SIGRTMAX);
	int sent = 0;

	MUST(block(SIGRTMAX, true) == 0);
	while (sent < 1000 && sigqueue(getpid(), SIGRTMAX, v) == 0)
		sent++;
	MUST(sent >= 32 && sent < 1000 && errno == EAGAIN);
	while (sent--)
		MUST(sigwaitinfo(&set, NULL) == SIGRTMAX);
	FAILS(sigtimedwait(&set, NULL, &at_once), EAGAIN);
	MUST(block(SIGRTMAX, false) == 0);
	return 0;
}

static void *send_later(void *to)
{
	sleep_msec(10);
	pthread_kill(*(pthread_t *)to, SIGUSR1);
	return NULL;
}

/* From another thread, 10 ms from now. */
static bool send_me(pthread_t *t)
{
	static pthread_t self;

	self = pthread_self();
	return pthread_create(t, NULL, send_later, &self) == 0;
}

static int a_signal_ends_a_sleep(void)
{
	struct timespec t = { .tv_sec = 2 }, left = { 0 };
	pthread_t thread;

	MUST(catch(SIGUSR1, SA_RESTART) == 0 && send_me(&thread));
	FAILS(nanosleep(&t, &left), EINTR);
	MUST(count == 1 && left.tv_sec == 1 && left.tv_nsec > 900000000 && pthread_join(thread, NULL) == 0);
	MUST(send_me(&thread) && clock_nanosleep(CLOCK_MONOTONIC, 0, &t, &left) == EINTR && left.tv_sec == 1 && pthread_join(thread, NULL) == 0);
	MUST(send_me(&thread) && sleep(3) == 3 && pthread_join(thread, NULL) == 0);
	return 0;
}

static int a_signal_ends_a_wait_for_a_semaphore(void)
{
	struct timespec late = in_msec(CLOCK_REALTIME, 2000);
	pthread_t thread;

	MUST(catch(SIGUSR1, 0) == 0 && sem_init(&sem, 0, 0) == 0 && send_me(&thread));
	FAILS(sem_wait(&sem), EINTR);
	MUST(pthread_join(thread, NULL) == 0 && send_me(&thread));
	FAILS(sem_timedwait(&sem, &late), EINTR);
	MUST(pthread_join(thread, NULL) == 0 && count == 2);
	return 0;
}

static int a_signal_ends_no_wait_for_a_mutex(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	struct timespec soon = in_msec(CLOCK_REALTIME, 40);
	pthread_t thread;

	MUST(catch(SIGUSR1, 0) == 0 && pthread_mutex_lock(&m) == 0 && send_me(&thread));
	MUST(pthread_mutex_timedlock(&m, &soon) == ETIMEDOUT && count == 1);
	MUST(pthread_mutex_unlock(&m) == 0 && pthread_join(thread, NULL) == 0);
	return 0;
}

static int pause_waits_for_a_handler(void)
{
	pthread_t thread;

	MUST(catch(SIGUSR1, SA_RESTART) == 0 && send_me(&thread));
	FAILS(pause(), EINTR);
	MUST(count == 1 && pthread_join(thread, NULL) == 0);
	return 0;
}

static int sigsuspend_waits_with_another_mask(void)
{
	sigset_t none, mask;
	pthread_t thread;

	MUST(catch(SIGUSR1, 0) == 0 && block(SIGUSR1, true) == 0 && sigemptyset(&none) == 0 && send_me(&thread));
	FAILS(sigsuspend(&none), EINTR);
	MUST(count == 1 && sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && sigismember(&mask, SIGUSR1) == 1);
	MUST(raise(SIGUSR1) == 0 && count == 1);
	FAILS(sigsuspend(&none), EINTR);
	MUST(count == 2 && block(SIGUSR1, false) == 0 && pthread_join(thread, NULL) == 0);
	return 0;
}

static int a_signal_is_waited_for(void)
{
	sigset_t set = only(SIGUSR1);
	pthread_t thread;
	siginfo_t info;
	int number = 0;

	MUST(catch(SIGUSR1, 0) == 0 && block(SIGUSR1, true) == 0 && send_me(&thread));
	MUST(sigwait(&set, &number) == 0 && number == SIGUSR1 && count == 0 && pthread_join(thread, NULL) == 0);
	MUST(send_me(&thread) && sigwaitinfo(&set, &info) == SIGUSR1 && info.si_signo == SIGUSR1 && info.si_code == SI_USER);
	MUST(pthread_join(thread, NULL) == 0 && raise(SIGUSR1) == 0 && sigtimedwait(&set, &info, &at_once) == SIGUSR1);
	MUST(block(SIGUSR1, false) == 0 && count == 0);
	return 0;
}

static int waiting_for_a_signal_has_its_time(void)
{
	sigset_t set = only(SIGUSR2);
	struct timespec soon = { .tv_nsec = 20000000 }, none = NO_FRACTION, late = { .tv_sec = 2 };
	long long before = now_msec();
	pthread_t thread;

	MUST(block(SIGUSR2, true) == 0);
	FAILS(sigtimedwait(&set, NULL, &soon), EAGAIN);
	MUST(now_msec() - before >= 19);
	FAILS(sigtimedwait(&set, NULL, &none), EINVAL);
	MUST(catch(SIGUSR1, 0) == 0 && send_me(&thread));
	FAILS(sigtimedwait(&set, NULL, &late), EINTR);
	MUST(pthread_join(thread, NULL) == 0 && send_me(&thread));
	FAILS(sigwaitinfo(&set, NULL), EINTR);
	MUST(pthread_join(thread, NULL) == 0 && block(SIGUSR2, false) == 0);
	return 0;
}

static void *wait_for_usr2(void *argument)
{
	sigset_t set = only(SIGUSR2);
	int number = 0;

	(void)argument;
	sigwait(&set, &number);
	return (void *)(intptr_t)number;
}

static int a_signal_to_the_process_goes_to_who_waits_for_it(void)
{
	pthread_t t;
	void *number;

	MUST(catch(SIGUSR2, 0) == 0 && block(SIGUSR2, true) == 0 && start_at(&t, CEILING, wait_for_usr2, NULL) == 0);
	MUST(kill(getpid(), SIGUSR2) == 0 && pthread_join(t, &number) == 0 && (intptr_t)number == SIGUSR2 && count == 0);
	MUST(block(SIGUSR2, false) == 0 && count == 0);
	return 0;
}

static void *mask_of_thread(void *at)
{
	pthread_sigmask(SIG_BLOCK, NULL, at);
	return NULL;
}

static int a_thread_begins_with_its_makers_mask(void)
{
	sigset_t mask = 0;
	pthread_t t;

	MUST(block(SIGUSR1, true) == 0 && pthread_create(&t, NULL, mask_of_thread, &mask) == 0 && pthread_join(t, NULL) == 0);
	MUST(sigismember(&mask, SIGUSR1) == 1 && sigismember(&mask, SIGUSR2) == 0 && block(SIGUSR1, false) == 0);
	return 0;
}

const struct row signal_rows[] = {
	ROW(sigemptyset, "success", sets_hold_what_is_added),
	ROW(sigfillset, "success", sets_hold_what_is_added),
	ROW(sigaddset, "success", sets_hold_what_is_added),
	ROW(sigaddset, "EINVAL", sets_hold_what_is_added),
	ROW(sigdelset, "success", sets_hold_what_is_added),
	ROW(sigdelset, "EINVAL", sets_hold_what_is_added),
	ROW(sigismember, "success", sets_hold_what_is_added),
	ROW(sigismember, "EINVAL", sets_hold_what_is_added),
	ROW(raise, "success", a_signal_to_oneself_is_there_before_the_call_returns),
	ROW(raise, "EINVAL", numbers_and_receivers_that_are_none_are_refused),
	ROW(kill, "success", a_signal_to_oneself_is_there_before_the_call_returns),
	ROW(kill, "sigwait", a_signal_to_the_process_goes_to_who_waits_for_it),
	ROW(kill, "EINVAL", numbers_and_receivers_that_are_none_are_refused),
	ROW(kill, "ESRCH", numbers_and_receivers_that_are_none_are_refused),
	ROW(pthread_kill, "success", a_signal_to_oneself_is_there_before_the_call_returns),
	ROW(pthread_kill, "EINVAL", numbers_and_receivers_that_are_none_are_refused),
	ROW(pthread_kill, "ESRCH", who_has_ended_gets_no_signal),
	ROW(sigaction, "success", an_action_is_kept_and_given_back),
	ROW(sigaction, "SA_RESETHAND", a_handler_runs_with_its_signals_blocked),
	ROW(sigaction, "EINVAL", what_cannot_be_caught_is_refused),
	ROW(signal, "success", an_action_is_kept_and_given_back),
	ROW(signal, "EINVAL", what_cannot_be_caught_is_refused),
	ROW(sigprocmask, "success", what_is_blocked_waits),
	ROW(sigprocmask, "EINVAL", what_is_blocked_waits),
	ROW(pthread_sigmask, "success", what_is_blocked_waits),
	ROW(pthread_sigmask, "inherited", a_thread_begins_with_its_makers_mask),
	ROW(pthread_sigmask, "EINVAL", what_is_blocked_waits),
	ROW(sigpending, "success", what_is_blocked_waits),
	ROW(sigpending, "ignored", what_is_ignored_waits_while_it_is_blocked),
	ROW(sigqueue, "success", queued_ones_come_in_order_each_with_its_value),
	ROW(sigqueue, "order", lower_numbers_come_first),
	ROW(sigqueue, "EAGAIN", the_queue_is_full_at_its_end),
	ROW(sigqueue, "EINVAL", numbers_and_receivers_that_are_none_are_refused),
	ROW(sigqueue, "ESRCH", numbers_and_receivers_that_are_none_are_refused),
	ROW(sigwait, "success", a_signal_is_waited_for),
	ROW(sigwaitinfo, "success", a_signal_is_waited_for),
	ROW(sigwaitinfo, "EINTR", waiting_for_a_signal_has_its_time),
	ROW(sigtimedwait, "success", a_signal_is_waited_for),
	ROW(sigtimedwait, "EAGAIN", waiting_for_a_signal_has_its_time),
	ROW(sigtimedwait, "EINVAL", waiting_for_a_signal_has_its_time),
	ROW(sigtimedwait, "EINTR", waiting_for_a_signal_has_its_time),
	ROW(sigsuspend, "EINTR", sigsuspend_waits_with_another_mask),
	ROW(pause, "EINTR", pause_waits_for_a_handler),
	ROW(nanosleep, "EINTR", a_signal_ends_a_sleep),
	ROW(clock_nanosleep, "EINTR", a_signal_ends_a_sleep),
	ROW(sleep, "interrupted", a_signal_ends_a_sleep),
	ROW(sem_wait, "EINTR", a_signal_ends_a_wait_for_a_semaphore),
	ROW(sem_timedwait, "EINTR", a_signal_ends_a_wait_for_a_semaphore),
	ROW(pthread_mutex_timedlock, "signal", a_signal_ends_no_wait_for_a_mutex),
	ROWS_END
};
