/* SPDX-License-Identifier: Apache-2.0 */
/* Message queues, which are beyond PSE51. */
#include <limits.h>
#include <mqueue.h>
#include <signal.h>
#include <stdlib.h>

#include "rows.h"

#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))
static const struct mq_attr small = { .mq_maxmsg = 2, .mq_msgsize = 8 };
static char text[8];

static mqd_t fresh(int flags)
{
	return mq_open("/queue", O_CREAT | O_EXCL | flags, 0600, &small);
}

static bool over(mqd_t q)
{
	return mq_close(q) == 0 && mq_unlink("/queue") == 0;
}

static int messages_come_by_priority_then_by_their_coming(void)
{
	static const struct mq_attr large = { .mq_maxmsg = 6, .mq_msgsize = 8 };
	static const struct { const char *text; unsigned priority; } sent[] = { { "low", 0 }, { "mid1", 5 }, { "high", MQ_PRIO_MAX - 1 }, { "mid2", 5 }, { "", 1 } };
	static const char *const order[] = { "high", "mid1", "mid2", "", "low" };
	mqd_t q = mq_open("/queue", O_CREAT | O_RDWR, 0600, &large), other = mq_open("queue", O_RDONLY);
	struct mq_attr a;
	unsigned priority;

	MUST(q != -1 && other != -1 && q != other);
	for (size_t i = 0; i < 5; i++)
		MUST(mq_send(q, sent[i].text, strlen(sent[i].text), sent[i].priority) == 0);
	MUST(mq_getattr(other, &a) == 0 && a.mq_curmsgs == 5 && a.mq_maxmsg == 6 && a.mq_msgsize == 8 && a.mq_flags == 0);
	for (size_t i = 0; i < 5; i++)
		MUST(mq_receive(other, text, 8, &priority) == (ssize_t)strlen(order[i]) && memcmp(text, order[i], strlen(order[i])) == 0 && (i || priority == MQ_PRIO_MAX - 1));
	MUST(mq_getattr(q, &a) == 0 && a.mq_curmsgs == 0 && mq_close(other) == 0);
	return over(q) ? 0 : __LINE__;
}

/* It lives until it is closed; its name is free before. */
static int a_name_is_removed_and_the_queue_stays(void)
{
	mqd_t q = fresh(O_RDWR), other;

	MUST(q != -1 && mq_unlink("/queue") == 0 && mq_send(q, "x", 1, 0) == 0);
	MUST((other = fresh(O_RDWR | O_NONBLOCK)) != -1 && mq_receive(q, text, 8, NULL) == 1 && *text == 'x' && mq_close(q) == 0);
	FAILS(mq_receive(other, text, 8, NULL), EAGAIN);
	return over(other) ? 0 : __LINE__;
}

static int queues_that_cannot_be_are_not_made(void)
{
	static const struct mq_attr none[] = { { .mq_maxmsg = 0, .mq_msgsize = 8 }, { .mq_maxmsg = 8, .mq_msgsize = 0 }, { .mq_maxmsg = -1, .mq_msgsize = 8 } };
	static const struct mq_attr much = { .mq_maxmsg = 1000, .mq_msgsize = 1000 }, absurd = { .mq_maxmsg = LONG_MAX, .mq_msgsize = LONG_MAX };
	char name[NAME_MAX + 2];
	mqd_t all[MQ_OPEN_MAX + 1], n = 0, q;

	memset(name, 'n', sizeof(name));
	name[NAME_MAX + 1] = 0;
	FAILS(mq_open(name, O_RDWR), ENAMETOOLONG);
	FAILS(mq_unlink(name), ENAMETOOLONG);
	FAILS(mq_open("/nobody", O_RDWR), ENOENT);
	FAILS(mq_unlink("/nobody"), ENOENT);
	FAILS(mq_unlink(""), ENOENT);
	FAILS(mq_open("/", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	FAILS(mq_open("/a/b", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	for (size_t i = 0; i < 3; i++)
		FAILS(mq_open("/queue", O_RDWR | O_CREAT, 0600, &none[i]), EINVAL);
	FAILS(mq_open("/queue", O_RDWR | O_CREAT, 0600, &much), ENOSPC);
	FAILS(mq_open("/queue", O_RDWR | O_CREAT, 0600, &absurd), ENOSPC);
	MUST((q = fresh(O_RDWR)) != -1);
	FAILS(fresh(O_RDWR), EEXIST);
	while (n <= MQ_OPEN_MAX && (all[n] = mq_open("/queue", O_RDONLY)) != -1)
		n++;
	MUST(errno == EMFILE && n == MQ_OPEN_MAX - 1);
	while (n)
		MUST(mq_close(all[--n]) == 0);
	return over(q) ? 0 : __LINE__;
}

static int what_is_no_queue_is_refused(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 5);
	struct mq_attr a = { 0 };
	mqd_t q = fresh(O_RDONLY), out = mq_open("/queue", O_WRONLY), none[] = { -1, 0, 4711, INT_MAX, INT_MIN, out };

	FAILS(mq_send(q, "x", 1, 0), EBADF);
	FAILS(mq_timedsend(q, "x", 1, 0, &soon), EBADF);
	FAILS(mq_receive(out, text, 8, NULL), EBADF);
	FAILS(mq_timedreceive(out, text, 8, NULL, &soon), EBADF);
	MUST(mq_close(out) == 0);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		FAILS(mq_close(none[i]), EBADF);
		FAILS(mq_send(none[i], "x", 1, 0), EBADF);
		FAILS(mq_receive(none[i], text, 8, NULL), EBADF);
		FAILS(mq_timedsend(none[i], "x", 1, 0, &soon), EBADF);
		FAILS(mq_timedreceive(none[i], text, 8, NULL, &soon), EBADF);
		FAILS(mq_getattr(none[i], &a), EBADF);
		FAILS(mq_setattr(none[i], &a, NULL), EBADF);
		FAILS(mq_notify(none[i], NULL), EBADF);
	}
	return over(q) ? 0 : __LINE__;
}

static int messages_have_their_sizes_and_priorities(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 5);
	mqd_t q = fresh(O_RDWR);

	FAILS(mq_send(q, "123456789", 9, 0), EMSGSIZE);
	FAILS(mq_timedsend(q, "123456789", 9, 0, &soon), EMSGSIZE);
	FAILS(mq_send(q, "x", 1, MQ_PRIO_MAX), EINVAL);
	FAILS(mq_timedsend(q, "x", 1, MQ_PRIO_MAX, &soon), EINVAL);
	MUST(mq_send(q, "12345678", 8, 0) == 0);
	FAILS(mq_receive(q, text, 7, NULL), EMSGSIZE);
	FAILS(mq_timedreceive(q, text, 7, NULL, &soon), EMSGSIZE);
	MUST(mq_receive(q, text, 8, NULL) == 8 && memcmp(text, "12345678", 8) == 0);
	return over(q) ? 0 : __LINE__;
}

static int who_does_not_wait_is_told(void)
{
	struct mq_attr a = { .mq_flags = O_NONBLOCK, .mq_maxmsg = 99, .mq_msgsize = 99 }, before;
	struct timespec past = { 0 }, bad = NO_FRACTION, negative = NEGATIVE_FRACTION, soon = in_msec(CLOCK_REALTIME, 10);
	mqd_t q = fresh(O_RDWR);
	long long start;

	MUST(mq_setattr(q, &a, &before) == 0 && before.mq_flags == 0 && mq_getattr(q, &a) == 0 && a.mq_flags == O_NONBLOCK && a.mq_maxmsg == 2 && a.mq_msgsize == 8);
	FAILS(mq_receive(q, text, 8, NULL), EAGAIN);
	FAILS(mq_timedreceive(q, text, 8, NULL, &bad), EAGAIN);
	MUST(mq_send(q, "1", 1, 0) == 0 && mq_timedsend(q, "2", 1, 0, &bad) == 0);	/* a time that is not waited for is not looked at */
	FAILS(mq_send(q, "3", 1, 0), EAGAIN);
	FAILS(mq_timedsend(q, "3", 1, 0, &bad), EAGAIN);
	a.mq_flags = 0;
	MUST(mq_setattr(q, &a, NULL) == 0);
	FAILS(mq_timedsend(q, "3", 1, 0, &bad), EINVAL);
	FAILS(mq_timedsend(q, "3", 1, 0, &negative), EINVAL);
	FAILS(mq_timedsend(q, "3", 1, 0, &past), ETIMEDOUT);
	start = now_msec();
	FAILS(mq_timedsend(q, "3", 1, 0, &soon), ETIMEDOUT);
	MUST(now_msec() - start >= 5 && mq_timedreceive(q, text, 8, NULL, &bad) == 1 && *text == '1' && mq_receive(q, text, 8, NULL) == 1 && *text == '2');
	FAILS(mq_timedreceive(q, text, 8, NULL, &bad), EINVAL);
	FAILS(mq_timedreceive(q, text, 8, NULL, &past), ETIMEDOUT);
	soon = in_msec(CLOCK_REALTIME, 10);
	FAILS(mq_timedreceive(q, text, 8, NULL, &soon), ETIMEDOUT);
	return over(q) ? 0 : __LINE__;
}

static char order[8];
static int got;

struct waiter { mqd_t queue; char name; int error; };

static void *receive_one(void *at)
{
	struct waiter *w = at;
	char its[8];

	if (mq_receive(w->queue, its, 8, NULL) < 0)
		w->error = errno;
	else
		order[got++] = w->name;
	return NULL;
}

static void *send_one(void *at)
{
	struct waiter *w = at;

	if (mq_send(w->queue, &w->name, 1, 0) < 0)
		w->error = errno;
	else
		order[got++] = w->name;
	return NULL;
}

static int waiters_are_served_by_priority(void)
{
	mqd_t q = fresh(O_RDWR);
	struct waiter w[] = { { q, 'a', 0 }, { q, 'b', 0 }, { q, 'c', 0 } };
	static const int priority[] = { MAIN_PRIORITY + 1, MAIN_PRIORITY + 3, MAIN_PRIORITY + 2 };
	pthread_t t[3];

	got = 0;
	for (int i = 0; i < 3; i++)
		MUST(start_at(&t[i], priority[i], receive_one, &w[i]) == 0);
	for (int i = 0; i < 3; i++)
		MUST(mq_send(q, "x", 1, 0) == 0);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(got == 3 && memcmp(order, "bca", 3) == 0 && mq_send(q, "1", 1, 0) == 0 && mq_send(q, "2", 1, 0) == 0);
	got = 0;
	for (int i = 0; i < 3; i++)
		MUST(start_at(&t[i], priority[i], send_one, &w[i]) == 0);
	MUST(got == 0);
	for (int i = 0; i < 5; i++)
		MUST(mq_receive(q, text, 8, NULL) == 1 && *text == "12bca"[i]);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(got == 3 && memcmp(order, "bca", 3) == 0);
	return over(q) ? 0 : __LINE__;
}

static void ignore_it(int number)
{
	(void)number;
}

static void *interrupted_receive(void *at)
{
	struct waiter *w = at;
	struct timespec late = in_msec(CLOCK_REALTIME, 10000);

	w->error = mq_receive(w->queue, text, 8, NULL) == -1 ? errno : 0;
	w->name = mq_timedreceive(w->queue, text, 8, NULL, &late) == -1 && errno == EINTR;
	return at;
}

static void *interrupted_send(void *at)
{
	struct waiter *w = at;
	struct timespec late = in_msec(CLOCK_REALTIME, 10000);

	w->error = mq_send(w->queue, "3", 1, 0) == -1 ? errno : 0;
	w->name = mq_timedsend(w->queue, "3", 1, 0, &late) == -1 && errno == EINTR;
	return at;
}

/* A handler ends a wait; then one that is cancelled ends its thread. */
static int a_signal_ends_a_wait(void)
{
	struct sigaction handle = { .sa_handler = ignore_it };
	mqd_t q = fresh(O_RDWR);
	struct waiter w = { q, 0, 0 };
	pthread_t t;
	void *end;

	MUST(sigaction(SIGUSR1, &handle, NULL) == 0);
	for (int sends = 0; sends < 2; sends++) {
		MUST(start_at(&t, CEILING, sends ? interrupted_send : interrupted_receive, &w) == 0 && pthread_kill(t, SIGUSR1) == 0 && pthread_kill(t, SIGUSR1) == 0 && pthread_join(t, &end) == 0);
		MUST(w.error == EINTR && w.name);
		MUST(start_at(&t, CEILING, sends ? send_one : receive_one, &w) == 0 && pthread_cancel(t) == 0 && pthread_join(t, &end) == 0 && end == PTHREAD_CANCELED);
		if (!sends)
			MUST(mq_send(q, "1", 1, 0) == 0 && mq_send(q, "2", 1, 0) == 0);
	}
	signal(SIGUSR1, SIG_DFL);
	return over(q) ? 0 : __LINE__;
}

static volatile int noticed;

static void note(union sigval value)
{
	noticed += value.sival_int;
}

/* Once, when a message comes into an empty queue for which nobody waits; to who waits it goes without a word. */
static int who_asked_is_told_of_a_message(void)
{
	struct sigevent by_signal = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN, .sigev_value.sival_int = 4711 }, by_thread = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = note, .sigev_value.sival_int = 17 };
	struct sigevent bad = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 99 };
	struct timespec soon = { .tv_nsec = 1000000 };
	mqd_t q = fresh(O_RDWR);
	struct waiter w = { q, 'w', 0 };
	siginfo_t info;
	sigset_t set;
	pthread_t t;

	noticed = 0;
	MUST(sigemptyset(&set) == 0 && sigaddset(&set, SIGRTMIN) == 0 && sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	MUST(mq_send(q, "x", 1, 0) == 0 && mq_notify(q, &by_signal) == 0 && mq_send(q, "y", 1, 0) == 0);
	FAILS(sigtimedwait(&set, NULL, &soon), EAGAIN);
	FAILS(mq_notify(q, &by_signal), EBUSY);
	MUST(mq_receive(q, text, 8, NULL) == 1 && mq_receive(q, text, 8, NULL) == 1);
	MUST(start_at(&t, CEILING, receive_one, &w) == 0 && mq_send(q, "w", 1, 0) == 0 && pthread_join(t, NULL) == 0);
	FAILS(sigtimedwait(&set, NULL, &soon), EAGAIN);
	MUST(mq_send(q, "x", 1, 0) == 0 && sigtimedwait(&set, &info, &soon) == SIGRTMIN && info.si_code == SI_MESGQ && info.si_value.sival_int == 4711);
	MUST(mq_receive(q, text, 8, NULL) == 1 && mq_send(q, "x", 1, 0) == 0);
	FAILS(sigtimedwait(&set, NULL, &soon), EAGAIN);			/* once */
	MUST(mq_receive(q, text, 8, NULL) == 1 && mq_notify(q, &by_signal) == 0 && mq_notify(q, NULL) == 0 && mq_send(q, "x", 1, 0) == 0);
	FAILS(sigtimedwait(&set, NULL, &soon), EAGAIN);			/* not any more */
	FAILS(mq_notify(q, &bad), EINVAL);
	MUST(mq_receive(q, text, 8, NULL) == 1 && mq_notify(q, &by_thread) == 0 && mq_send(q, "x", 1, 0) == 0);
	sleep_msec(5);
	MUST(noticed == 17 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	return over(q) ? 0 : __LINE__;
}

const struct row queue_rows[] = {
	ROW(mq_open, "success", messages_come_by_priority_then_by_their_coming),
	ROW(mq_open, "ENAMETOOLONG", queues_that_cannot_be_are_not_made),
	ROW(mq_open, "ENOENT", queues_that_cannot_be_are_not_made),
	ROW(mq_open, "EINVAL", queues_that_cannot_be_are_not_made),
	ROW(mq_open, "ENOSPC", queues_that_cannot_be_are_not_made),
	ROW(mq_open, "EEXIST", queues_that_cannot_be_are_not_made),
	ROW(mq_open, "EMFILE", queues_that_cannot_be_are_not_made),
	ROW(mq_close, "success", a_name_is_removed_and_the_queue_stays),
	ROW(mq_close, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_unlink, "success", a_name_is_removed_and_the_queue_stays),
	ROW(mq_unlink, "ENOENT", queues_that_cannot_be_are_not_made),
	ROW(mq_unlink, "ENAMETOOLONG", queues_that_cannot_be_are_not_made),
	ROW(mq_send, "success", messages_come_by_priority_then_by_their_coming),
	ROW(mq_send, "priority", waiters_are_served_by_priority),
	ROW(mq_send, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_send, "EMSGSIZE", messages_have_their_sizes_and_priorities),
	ROW(mq_send, "EINVAL", messages_have_their_sizes_and_priorities),
	ROW(mq_send, "EAGAIN", who_does_not_wait_is_told),
	ROW(mq_send, "EINTR", a_signal_ends_a_wait),
	ROW(mq_send, "cancelled", a_signal_ends_a_wait),
	ROW(mq_timedsend, "success", who_does_not_wait_is_told),
	ROW(mq_timedsend, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_timedsend, "EMSGSIZE", messages_have_their_sizes_and_priorities),
	ROW(mq_timedsend, "EINVAL", who_does_not_wait_is_told),
	ROW(mq_timedsend, "EAGAIN", who_does_not_wait_is_told),
	ROW(mq_timedsend, "EINTR", a_signal_ends_a_wait),
	ROW(mq_timedsend, "ETIMEDOUT", who_does_not_wait_is_told),
	ROW(mq_receive, "success", messages_come_by_priority_then_by_their_coming),
	ROW(mq_receive, "priority", waiters_are_served_by_priority),
	ROW(mq_receive, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_receive, "EMSGSIZE", messages_have_their_sizes_and_priorities),
	ROW(mq_receive, "EAGAIN", who_does_not_wait_is_told),
	ROW(mq_receive, "EINTR", a_signal_ends_a_wait),
	ROW(mq_receive, "cancelled", a_signal_ends_a_wait),
	ROW(mq_timedreceive, "success", who_does_not_wait_is_told),
	ROW(mq_timedreceive, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_timedreceive, "EMSGSIZE", messages_have_their_sizes_and_priorities),
	ROW(mq_timedreceive, "EINVAL", who_does_not_wait_is_told),
	ROW(mq_timedreceive, "EAGAIN", who_does_not_wait_is_told),
	ROW(mq_timedreceive, "EINTR", a_signal_ends_a_wait),
	ROW(mq_timedreceive, "ETIMEDOUT", who_does_not_wait_is_told),
	ROW(mq_getattr, "success", messages_come_by_priority_then_by_their_coming),
	ROW(mq_getattr, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_setattr, "success", who_does_not_wait_is_told),
	ROW(mq_setattr, "EBADF", what_is_no_queue_is_refused),
	ROW(mq_notify, "success", who_asked_is_told_of_a_message),
	ROW(mq_notify, "EBUSY", who_asked_is_told_of_a_message),
	ROW(mq_notify, "EINVAL", who_asked_is_told_of_a_message),
	ROW(mq_notify, "EBADF", what_is_no_queue_is_refused),
	ROWS_END
};
