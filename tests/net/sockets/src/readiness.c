/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

static char byte[100];

static int look(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events, .revents = -1 };
	int n = poll(&p, 1, 0);

	return n < 0 || (n == 0) != (p.revents == 0) ? -1 : p.revents;
}

static void a_stream_is_ready_when_something_can_be_done(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(look(ends[0], POLLIN | POLLOUT) == POLLOUT);
	while (send(ends[0], byte, sizeof(byte), MSG_DONTWAIT) > 0)
		;
	CHECK(look(ends[0], POLLIN | POLLOUT) == 0 && look(ends[1], POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	CHECK(recv(ends[1], byte, 1, 0) == 1 && look(ends[0], POLLOUT) == POLLOUT);
	CHECK(shutdown(ends[0], SHUT_WR) == 0);
	while (recv(ends[1], byte, sizeof(byte), 0) > 0)
		;
	CHECK(look(ends[1], POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	CHECK(shutdown(ends[1], SHUT_WR) == 0 && look(ends[1], POLLIN) == (POLLIN | POLLHUP));
}

static void listeners_and_connections_are_waited_for(void)
{
	int listener = check_listener(0, 1), one = socket(AF_INET, SOCK_STREAM, 0), two = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	CHECK(look(listener, POLLIN) == 0);
	CHECK(check_connect(one, listener) == 0 && look(listener, POLLIN) == POLLIN);
	FAILS(EINPROGRESS, check_connect(two, listener));
	CHECK(look(two, POLLOUT) == 0);
	CHECK(accept(listener, NULL, NULL) >= 0 && look(two, POLLOUT) == POLLOUT);
}

static void what_failed_is_told_unasked(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(send(ends[0], "x", 1, 0) == 1 && close(ends[1]) == 0);
	CHECK(look(ends[0], 0) == (POLLERR | POLLHUP));
	CHECK(look(ends[1], POLLIN) == POLLNVAL);
	CHECK(look(-1, POLLIN) == 0 && look(99, POLLIN) == POLLNVAL);
}

static void a_wait_ends_with_its_time(void)
{
	int ends[2];
	struct pollfd p[3] = { { .fd = -5, .events = POLLIN } };

	CHECK(check_pair(ends));
	uint64_t begin = check_msec();

	p[1] = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	p[2] = (struct pollfd){ .fd = ends[1], .events = POLLIN };
	CHECK(poll(p, 3, 30) == 0 && check_msec() - begin >= 30 && check_msec() - begin < 50);
	begin = check_msec();
	CHECK(poll(NULL, 0, 40) == 0 && check_msec() - begin >= 40);
	FAILS(EINVAL, poll(p, 1000, 0));
	CHECK(send(ends[0], "x", 1, 0) == 1 && poll(p, 3, -1) == 1 && p[2].revents == POLLIN && p[1].revents == 0);
}

static void one_may_be_named_twice(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	struct pollfd p[] = { { .fd = ends[0], .events = POLLIN }, { .fd = ends[0], .events = POLLOUT }, { .fd = 1, .events = POLLOUT } };

	CHECK(poll(p, 3, 0) == 2 && p[0].revents == 0 && p[1].revents == POLLOUT && p[2].revents == POLLOUT);
}

static void select_says_the_same(void)
{
	int ends[2];
	fd_set read, write, except;
	struct timeval none = { 0 };

	CHECK(check_pair(ends));
	FD_ZERO(&read);
	FD_ZERO(&write);
	FD_ZERO(&except);
	FD_SET(ends[0], &read);
	FD_SET(ends[1], &read);
	FD_SET(ends[1], &write);
	FD_SET(ends[0], &except);
	CHECK(send(ends[0], "x", 1, 0) == 1);
	CHECK(select(ends[1] + 1, &read, &write, &except, &none) == 2);
	CHECK(!FD_ISSET(ends[0], &read) && FD_ISSET(ends[1], &read) && FD_ISSET(ends[1], &write) && !FD_ISSET(ends[0], &except));
	uint64_t begin = check_msec();

	CHECK(select(0, NULL, NULL, NULL, &(struct timeval){ .tv_usec = 20000 }) == 0 && check_msec() - begin >= 20);
	FD_SET(18, &read);
	FAILS(EBADF, select(19, &read, NULL, NULL, &none));
	FAILS(EINVAL, select(-1, NULL, NULL, NULL, &none));
	FAILS(EINVAL, select(0, NULL, NULL, NULL, &(struct timeval){ .tv_usec = 1000000 }));
	FAILS(EINVAL, pselect(0, NULL, NULL, NULL, &(struct timespec){ .tv_nsec = -1 }, NULL));
}

const struct check_case ready_cases[] = {
	{ "a_stream_is_ready_when_something_can_be_done", a_stream_is_ready_when_something_can_be_done },
	{ "listeners_and_connections_are_waited_for", listeners_and_connections_are_waited_for },
	{ "what_failed_is_told_unasked", what_failed_is_told_unasked },
	{ "a_wait_ends_with_its_time", a_wait_ends_with_its_time },
	{ "one_may_be_named_twice", one_may_be_named_twice },
	{ "select_says_the_same", select_says_the_same },
	{ 0 }
};
