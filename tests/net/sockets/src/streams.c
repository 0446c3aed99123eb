/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char buffer[4096];

static void bytes_arrive_in_order(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(send(ends[0], "hello", 5, 0) == 5);
	CHECK(write(ends[0], ", world", 7) == 7);
	CHECK(recv(ends[1], buffer, sizeof(buffer), 0) == 12);
	CHECK(memcmp(buffer, "hello, world", 12) == 0);
	CHECK(write(ends[1], "back", 4) == 4);
	CHECK(read(ends[0], buffer, 2) == 2 && memcmp(buffer, "ba", 2) == 0);
	CHECK(read(ends[0], buffer, 9) == 2 && memcmp(buffer, "ck", 2) == 0);
}

static void what_was_sent_before_accept_is_there(void)
{
	int listener = check_listener(0, 1), s = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(check_connect(s, listener) == 0);
	CHECK(send(s, "early", 5, 0) == 5);
	CHECK(close(s) == 0);
	int end = accept(listener, NULL, NULL);

	CHECK(end >= 0);
	CHECK(recv(end, buffer, 99, 0) == 5 && memcmp(buffer, "early", 5) == 0);
	CHECK(recv(end, buffer, 99, 0) == 0);
	FAILS(EPIPE, send(end, "late", 4, 0));
}

static void a_full_stream_takes_no_more_and_loses_nothing(void)
{
	int ends[2];
	size_t sent = 0, got = 0;
	ssize_t n;

	CHECK(check_pair(ends));
	for (size_t i = 0; i < sizeof(buffer); i++)
		buffer[i] = (char)(i * 7);
	while ((n = send(ends[0], buffer + sent, 100, MSG_DONTWAIT)) > 0)
		sent += (size_t)n;
	CHECK(n == -1 && errno == EAGAIN && sent > 0 && sent < sizeof(buffer) - 100);
	char c;

	for (; got < sent; got++)
		CHECK(recv(ends[1], &c, 1, MSG_DONTWAIT) == 1 && c == (char)(got * 7));
	FAILS(EAGAIN, recv(ends[1], &c, 1, MSG_DONTWAIT));
	CHECK(send(ends[0], buffer, 100, MSG_DONTWAIT) == 100);
}

static void peeking_leaves_it(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(send(ends[0], "abcdef", 6, 0) == 6);
	CHECK(recv(ends[1], buffer, 3, MSG_PEEK) == 3 && memcmp(buffer, "abc", 3) == 0);
	CHECK(recv(ends[1], buffer, 6, MSG_WAITALL) == 6 && memcmp(buffer, "abcdef", 6) == 0);
	FAILS(EAGAIN, recv(ends[1], buffer, 3, MSG_PEEK | MSG_DONTWAIT));
}

static void each_direction_ends_alone(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(send(ends[0], "last", 4, 0) == 4);
	CHECK(shutdown(ends[0], SHUT_WR) == 0);
	FAILS(EPIPE, send(ends[0], "x", 1, MSG_NOSIGNAL));
	CHECK(recv(ends[1], buffer, 99, 0) == 4);
	CHECK(recv(ends[1], buffer, 99, 0) == 0);
	CHECK(send(ends[1], "answer", 6, 0) == 6);
	CHECK(recv(ends[0], buffer, 99, 0) == 6);
	CHECK(shutdown(ends[1], SHUT_RDWR) == 0);
	CHECK(recv(ends[0], buffer, 99, 0) == 0);
}

static void what_nobody_reads_any_more_holds_up_nobody(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(shutdown(ends[1], SHUT_RD) == 0);
	for (int i = 0; i < 50; i++)
		CHECK(send(ends[0], buffer, 1000, 0) == 1000);
	CHECK(recv(ends[1], buffer, 99, 0) == 0);
}

static void closing_on_unread_bytes_is_a_reset(void)
{
	int ends[2];

	CHECK(check_pair(ends));
	CHECK(send(ends[0], "unread", 6, 0) == 6);
	CHECK(close(ends[1]) == 0);
	FAILS(ECONNRESET, recv(ends[0], buffer, 99, 0));
	CHECK(recv(ends[0], buffer, 99, 0) == 0);
	FAILS(EPIPE, send(ends[0], "x", 1, 0));
}

static void a_linger_of_no_time_is_a_reset(void)
{
	int ends[2];
	struct linger none = { 1, 0 };

	CHECK(check_pair(ends));
	CHECK(setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &none, sizeof(none)) == 0);
	CHECK(close(ends[1]) == 0);
	FAILS(ECONNRESET, recv(ends[0], buffer, 99, 0));
}

static void pieces_are_one_stream(void)
{
	int ends[2];
	struct iovec out[] = { { "one ", 4 }, { "", 0 }, { "two ", 4 }, { "three", 5 } }, in[] = { { buffer, 6 }, { buffer + 100, 99 } };

	CHECK(check_pair(ends));
	CHECK(writev(ends[0], out, 4) == 13);
	CHECK(readv(ends[1], in, 2) == 13);
	CHECK(memcmp(buffer, "one tw", 6) == 0 && memcmp(buffer + 100, "o three", 7) == 0);
	FAILS(EINVAL, writev(ends[0], out, 0));
	FAILS(EINVAL, readv(ends[1], in, -1));
}

static void connections_wait_for_room_in_their_order(void)
{
	socklen_t size;
	int listener = check_listener(0, 1), one = socket(AF_INET, SOCK_STREAM, 0), two = socket(AF_INET, SOCK_STREAM, 0), error;

	CHECK(listener >= 0 && one >= 0 && two >= 0);
	check_nonblocking(two);
	CHECK(check_connect(one, listener) == 0);
	FAILS(EINPROGRESS, check_connect(two, listener));
	FAILS(EALREADY, check_connect(two, listener));
	FAILS(ENOTCONN, send(two, "x", 1, 0));
	CHECK(send(one, "1", 1, 0) == 1);
	int end = accept(listener, NULL, NULL);

	CHECK(end >= 0 && recv(end, buffer, 9, 0) == 1 && buffer[0] == '1');
	FAILS(EISCONN, check_connect(two, listener));
	size = sizeof(error);
	CHECK(getsockopt(two, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0);
	CHECK(send(two, "2", 1, 0) == 1);
	int other = accept(listener, NULL, NULL);

	CHECK(other >= 0 && recv(other, buffer, 9, 0) == 1 && buffer[0] == '2');
}

static void a_listener_that_goes_takes_who_waits_for_it_along(void)
{
	socklen_t size;
	int listener = check_listener(0, 1), one = socket(AF_INET, SOCK_STREAM, 0), two = socket(AF_INET, SOCK_STREAM, 0), error;

	check_nonblocking(two);
	CHECK(check_connect(one, listener) == 0);
	FAILS(EINPROGRESS, check_connect(two, listener));
	CHECK(close(listener) == 0);
	FAILS(ECONNRESET, recv(one, buffer, 9, 0));
	size = sizeof(error);
	CHECK(getsockopt(two, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == ECONNREFUSED);
}

static void both_ends_know_their_names(void)
{
	int ends[2];
	struct sockaddr_in a, b;
	socklen_t size = sizeof(a);

	CHECK(check_pair(ends));
	CHECK(getsockname(ends[0], (struct sockaddr *)&a, &size) == 0 && size == sizeof(a));
	CHECK(getpeername(ends[1], (struct sockaddr *)&b, &size) == 0);
	CHECK(a.sin_family == AF_INET && a.sin_port == b.sin_port && a.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	CHECK(ntohs(a.sin_port) >= 49152 && a.sin_addr.s_addr == b.sin_addr.s_addr);
	size = 3;
	CHECK(getsockname(ends[0], (struct sockaddr *)&a, &size) == 0 && size == sizeof(a));
}

static void the_other_family_is_the_same(void)
{
	struct sockaddr_in6 place = { .sin6_family = AF_INET6, .sin6_port = htons(4000), .sin6_addr = IN6ADDR_ANY_INIT }, from;
	socklen_t size = sizeof(from);
	int listener = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP), s = socket(AF_INET6, SOCK_STREAM, 0);

	CHECK(bind(listener, (struct sockaddr *)&place, sizeof(place)) == 0 && listen(listener, 1) == 0);
	place.sin6_addr = in6addr_loopback;
	CHECK(connect(s, (struct sockaddr *)&place, sizeof(place)) == 0);
	int end = accept(listener, (struct sockaddr *)&from, &size);

	CHECK(end >= 0 && size == sizeof(from) && from.sin6_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&from.sin6_addr));
	CHECK(send(end, "six", 3, 0) == 3 && recv(s, buffer, 9, 0) == 3);
	int four = check_listener(4000, 1);

	CHECK(four >= 0);
}

static void a_port_can_be_bound_again_beside_its_connections(void)
{
	int ends[2], yes = 1, listener = check_listener(4001, 1), s = socket(AF_INET, SOCK_STREAM, 0);

	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(connect(ends[0], (struct sockaddr *)check_place(4001), sizeof(struct sockaddr_in)) == 0);
	ends[1] = accept(listener, NULL, NULL);
	CHECK(ends[1] >= 0 && close(listener) == 0);
	FAILS(EADDRINUSE, bind(s, (struct sockaddr *)check_place(4001), sizeof(struct sockaddr_in)));
	CHECK(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0);
	CHECK(bind(s, (struct sockaddr *)check_place(4001), sizeof(struct sockaddr_in)) == 0);
	CHECK(send(ends[0], "still", 5, 0) == 5 && recv(ends[1], buffer, 9, 0) == 5);
}

const struct check_case stream_cases[] = {
	{ "bytes_arrive_in_order", bytes_arrive_in_order },
	{ "what_was_sent_before_accept_is_there", what_was_sent_before_accept_is_there },
	{ "a_full_stream_takes_no_more_and_loses_nothing", a_full_stream_takes_no_more_and_loses_nothing },
	{ "peeking_leaves_it", peeking_leaves_it },
	{ "each_direction_ends_alone", each_direction_ends_alone },
	{ "what_nobody_reads_any_more_holds_up_nobody", what_nobody_reads_any_more_holds_up_nobody },
	{ "closing_on_unread_bytes_is_a_reset", closing_on_unread_bytes_is_a_reset },
	{ "a_linger_of_no_time_is_a_reset", a_linger_of_no_time_is_a_reset },
	{ "pieces_are_one_stream", pieces_are_one_stream },
	{ "connections_wait_for_room_in_their_order", connections_wait_for_room_in_their_order },
	{ "a_listener_that_goes_takes_who_waits_for_it_along", a_listener_that_goes_takes_who_waits_for_it_along },
	{ "both_ends_know_their_names", both_ends_know_their_names },
	{ "the_other_family_is_the_same", the_other_family_is_the_same },
	{ "a_port_can_be_bound_again_beside_its_connections", a_port_can_be_bound_again_beside_its_connections },
	{ 0 }
};
