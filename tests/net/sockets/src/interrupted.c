/* SPDX-License-Identifier: Apache-2.0 */
/* Waits that a signal or a cancellation ends. */
#include "check.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MSEC = 30, LATE_MSEC = 60 };	/* when something comes, and when it must have been noticed */

static volatile int handled;

static void handle(int number)
{
	handled += number == SIGUSR1;
}

static void catch(int flags)
{
	struct sigaction action = { .sa_handler = handle, .sa_flags = flags };

	handled = 0;
	sigaction(SIGUSR1, &action, NULL);
}

static void pause_msec(long msec)
{
	nanosleep(&(struct timespec){ .tv_nsec = msec * 1000000 }, NULL);
}

static pthread_t waiter, helper;
static int end_of_helper;

static void *send_signal(void *unused)
{
	pause_msec(WAIT_MSEC);
	pthread_kill(waiter, SIGUSR1);
	if (end_of_helper >= 0) {
		pause_msec(WAIT_MSEC);
		send(end_of_helper, "x", 1, 0);
	}
	return unused;
}

/* A signal comes for who waits now, and, unless `end` is negative, later a byte. */
static bool begin_helper(int end)
{
	waiter = pthread_self();
	end_of_helper = end;
	return pthread_create(&helper, NULL, send_signal, NULL) == 0;
}

/* What a function that failed has left, once the helper has ended. */
static int error_of(int rc)
{
	int error = rc < 0 ? errno : 0;

	pthread_join(helper, NULL);
	return error;
}

/* The call waits until a signal comes, and then fails with EINTR: at the time, with the handler run once. */
#define INTERRUPTED(call) do { \
	uint64_t begun = check_msec(); \
	handled = 0; \
	CHECK(begin_helper(-1)); \
	CHECK(error_of((int)(call)) == EINTR && handled == 1); \
	CHECK(check_msec() - begun >= WAIT_MSEC && check_msec() - begun < LATE_MSEC); \
} while (0)

static void a_signal_ends_each_wait(void)
{
	struct timeval second = { .tv_sec = 1 };
	char byte;
	int ends[2], listener = check_listener(0, 1), full = socket(AF_INET, SOCK_STREAM, 0);
	fd_set set;

	catch(0);
	CHECK(listener >= 0 && check_pair(ends));
	struct pollfd p = { .fd = ends[0], .events = POLLIN };

	INTERRUPTED(poll(&p, 1, -1));
	INTERRUPTED(poll(NULL, 0, 1000));
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	INTERRUPTED(select(ends[0] + 1, &set, NULL, NULL, &second));
	CHECK(FD_ISSET(ends[0], &set));
	INTERRUPTED(pselect(ends[0] + 1, &set, NULL, NULL, NULL, NULL));
	INTERRUPTED(accept(listener, NULL, NULL));
	INTERRUPTED(recv(ends[0], &byte, 1, 0));
	CHECK(check_connect(full, listener) == 0);
	INTERRUPTED(check_connect(socket(AF_INET, SOCK_STREAM, 0), listener));
	while (send(ends[0], "12345678", 8, MSG_DONTWAIT) > 0)
		;
	INTERRUPTED(send(ends[0], "x", 1, 0));
	CHECK(send(ends[1], "x", 1, 0) == 1 && recv(ends[0], &byte, 1, 0) == 1 && byte == 'x');
}

/* What was sent before the signal came counts. */
static void what_was_done_is_told(void)
{
	static char much[20000];
	int ends[2];

	catch(0);
	CHECK(check_pair(ends) && begin_helper(-1));
	ssize_t sent = send(ends[0], much, sizeof(much), 0);

	CHECK(error_of((int)sent) == 0 && handled == 1 && sent > 0 && sent < (ssize_t)sizeof(much));
}

static void a_wait_is_taken_up_again(void)
{
	char byte = 0;
	int ends[2];

	catch(SA_RESTART);
	CHECK(check_pair(ends) && begin_helper(ends[1]));
	CHECK(error_of((int)recv(ends[0], &byte, 1, 0)) == 0 && byte == 'x' && handled == 1);
	struct pollfd p = { .fd = ends[0], .events = POLLIN };

	INTERRUPTED(poll(&p, 1, -1));		/* which never is */
}

static void pselect_has_its_own_mask(void)
{
	sigset_t mask, none, now;
	int ends[2];
	fd_set set;

	catch(0);
	sigemptyset(&none);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	CHECK(check_pair(ends) && pthread_sigmask(SIG_BLOCK, &mask, NULL) == 0);
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	CHECK(raise(SIGUSR1) == 0 && handled == 0);
	FAILS(EINTR, pselect(ends[0] + 1, &set, NULL, NULL, NULL, &none));
	CHECK(handled == 1 && pthread_sigmask(SIG_BLOCK, NULL, &now) == 0 && sigismember(&now, SIGUSR1));
	CHECK(raise(SIGUSR1) == 0 && pselect(ends[0] + 1, &set, NULL, NULL, &(struct timespec){ .tv_nsec = 20000000 }, &mask) == 0 && handled == 1);
	FD_SET(ends[0], &set);
	CHECK(send(ends[1], "x", 1, 0) == 1 && pselect(ends[0] + 1, &set, NULL, NULL, NULL, &none) == 1 && handled == 1);
	CHECK(pthread_sigmask(SIG_UNBLOCK, &mask, NULL) == 0 && handled == 2);
}

static volatile int cleaned;

static void clean(void *unused)
{
	(void)unused;
	cleaned++;
}

static void *receive(void *end)
{
	char byte[2];
	struct iovec pieces[] = { { &byte[0], 1 }, { &byte[1], 1 } };

	pthread_cleanup_push(clean, NULL);
	recvmsg(*(int *)end, &(struct msghdr){ .msg_iov = pieces, .msg_iovlen = 2 }, 0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *look_for_ever(void *end)
{
	struct pollfd p = { .fd = *(int *)end, .events = POLLIN };

	pthread_cleanup_push(clean, NULL);
	poll(&p, 1, -1);
	pthread_cleanup_pop(0);
	return NULL;
}

static void a_cancellation_ends_a_wait(void)
{
	void *(*const waits[])(void *) = { receive, look_for_ever };
	int ends[2];
	void *result;

	CHECK(check_pair(ends));
	for (unsigned i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		cleaned = 0;
		CHECK(pthread_create(&helper, NULL, waits[i], &ends[0]) == 0);
		pause_msec(WAIT_MSEC);
		uint64_t begun = check_msec();

		CHECK(pthread_cancel(helper) == 0 && pthread_join(helper, &result) == 0);
		CHECK(result == PTHREAD_CANCELED && cleaned == 1 && check_msec() - begun < LATE_MSEC - WAIT_MSEC);
	}
	CHECK(send(ends[1], "x", 1, 0) == 1 && recv(ends[0], &(char){ 0 }, 1, 0) == 1);
}

const struct check_case interrupted_cases[] = {
	{ "a_signal_ends_each_wait", a_signal_ends_each_wait },
	{ "what_was_done_is_told", what_was_done_is_told },
	{ "a_wait_is_taken_up_again", a_wait_is_taken_up_again },
	{ "pselect_has_its_own_mask", pselect_has_its_own_mask },
	{ "a_cancellation_ends_a_wait", a_cancellation_ends_a_wait },
	{ NULL, NULL }
};
