/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

static char byte[1];
static socklen_t size = sizeof(struct sockaddr_in);

static void what_there_is_not_cannot_be_made(void)
{
	FAILS(EAFNOSUPPORT, socket(AF_UNIX, SOCK_STREAM, 0));
	FAILS(EAFNOSUPPORT, socket(99, SOCK_STREAM, 0));
	FAILS(EPROTOTYPE, socket(AF_INET, SOCK_RAW, 0));
	FAILS(EPROTOTYPE, socket(AF_INET6, SOCK_SEQPACKET, 0));
	FAILS(EPROTONOSUPPORT, socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
	FAILS(EPROTONOSUPPORT, socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
	FAILS(EOPNOTSUPP, socketpair(AF_INET, SOCK_STREAM, 0, (int[2]){ 0 }));
	FAILS(EAFNOSUPPORT, socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0 }));
}

static void only_descriptors_of_sockets_are_sockets(void)
{
	static const int wrong[] = { -1, 3, 19, 20, 99 };
	struct sockaddr *place = (struct sockaddr *)check_place(1);

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		FAILS(EBADF, bind(wrong[i], place, size));
		FAILS(EBADF, recv(wrong[i], byte, 1, 0));
		FAILS(EBADF, read(wrong[i], byte, 1));
		FAILS(EBADF, write(wrong[i], byte, 1));
		FAILS(EBADF, close(wrong[i]));
		FAILS(EBADF, fcntl(wrong[i], F_GETFL));
	}
	for (int fd = 0; fd < 3; fd++) {
		FAILS(ENOTSOCK, bind(fd, place, size));
		FAILS(ENOTSOCK, connect(fd, place, size));
		FAILS(ENOTSOCK, listen(fd, 1));
		FAILS(ENOTSOCK, accept(fd, NULL, NULL));
		FAILS(ENOTSOCK, send(fd, byte, 1, 0));
		FAILS(ENOTSOCK, recv(fd, byte, 1, 0));
		FAILS(ENOTSOCK, shutdown(fd, SHUT_RD));
		FAILS(ENOTSOCK, getsockname(fd, place, &size));
		FAILS(ENOTSOCK, getpeername(fd, place, &size));
		FAILS(ENOTSOCK, getsockopt(fd, SOL_SOCKET, SO_TYPE, byte, &size));
		FAILS(ENOTSOCK, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, byte, 1));
		FAILS(ENOTSOCK, sockatmark(fd));
	}
}

static void a_socket_that_is_closed_is_none(void)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(s == 3 && close(s) == 0);
	FAILS(EBADF, close(s));
	CHECK(socket(AF_INET, SOCK_DGRAM, 0) == s);
}

static void addresses_are_looked_at(void)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in far = { .sin_family = AF_INET, .sin_port = htons(80), .sin_addr = { htonl(0x08080808) } };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };

	FAILS(EINVAL, bind(s, (struct sockaddr *)check_place(6000), size - 1));
	FAILS(EINVAL, bind(s, (struct sockaddr *)check_place(6000), 0));
	FAILS(EAFNOSUPPORT, bind(s, (struct sockaddr *)&six, sizeof(six)));
	FAILS(EADDRNOTAVAIL, bind(s, (struct sockaddr *)&far, size));
	FAILS(ENETUNREACH, connect(s, (struct sockaddr *)&far, size));
	FAILS(EAFNOSUPPORT, connect(s, (struct sockaddr *)&six, sizeof(six)));
	FAILS(ECONNREFUSED, connect(s, (struct sockaddr *)check_place(6000), size));
	CHECK(bind(s, (struct sockaddr *)check_place(6000), size) == 0);
	FAILS(EINVAL, bind(s, (struct sockaddr *)check_place(6001), size));
}

static void a_place_is_taken_once(void)
{
	int one = check_listener(6000, 1), other = socket(AF_INET, SOCK_STREAM, 0), third = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(6000) };

	CHECK(one >= 0);
	FAILS(EADDRINUSE, bind(other, (struct sockaddr *)check_place(6000), size));
	FAILS(EADDRINUSE, bind(other, (struct sockaddr *)&any, size));
	CHECK(bind(third, (struct sockaddr *)&any, size) == 0);
}

static void each_has_its_calls(void)
{
	int stream = socket(AF_INET, SOCK_STREAM, 0), datagram = socket(AF_INET, SOCK_DGRAM, 0), listener = check_listener(0, 1), ends[2];

	FAILS(EINVAL, accept(stream, NULL, NULL));
	FAILS(EOPNOTSUPP, accept(datagram, NULL, NULL));
	FAILS(EOPNOTSUPP, listen(datagram, 1));
	FAILS(ENOTCONN, send(stream, byte, 1, 0));
	FAILS(ENOTCONN, recv(stream, byte, 1, 0));
	FAILS(ENOTCONN, shutdown(stream, SHUT_WR));
	FAILS(ENOTCONN, getpeername(stream, (struct sockaddr *)check_place(1), &size));
	FAILS(ENOTCONN, shutdown(datagram, SHUT_WR));
	FAILS(EDESTADDRREQ, send(datagram, byte, 1, 0));
	FAILS(ENOTCONN, recv(listener, byte, 1, 0));
	FAILS(EOPNOTSUPP, connect(listener, (struct sockaddr *)check_place(1), size));
	FAILS(EOPNOTSUPP, send(stream, byte, 1, MSG_OOB));
	close(stream);
	CHECK(check_pair(ends));
	FAILS(EINVAL, shutdown(ends[0], 3));
	FAILS(EINVAL, listen(ends[0], 1));
	FAILS(EISCONN, connect(ends[0], (struct sockaddr *)check_place(1), size));
	FAILS(EISCONN, sendto(ends[0], byte, 1, 0, (struct sockaddr *)check_place(1), size));
}

static void there_are_so_many(void)
{
	int count = 0;

	while (socket(AF_INET, SOCK_DGRAM, 0) >= 0)
		count++;
	CHECK(errno == ENFILE && count >= 4 && count <= 17);
	close(3);
	CHECK(socket(AF_INET, SOCK_STREAM, 0) == 3);
}

static void streams_of_the_library_are_descriptors_too(void)
{
	CHECK(write(1, "written\n", 8) == 8);
	CHECK(read(0, byte, 1) == 0);
	FAILS(EBADF, read(1, byte, 1));
	FAILS(EBADF, write(0, byte, 1));
	CHECK(fcntl(1, F_GETFL) == O_WRONLY && fcntl(0, F_GETFL) == O_RDONLY);
	int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	CHECK(fcntl(s, F_GETFL) == (O_RDWR | O_NONBLOCK) && fcntl(s, F_GETFD) == FD_CLOEXEC);
	CHECK(fcntl(s, F_SETFL, 0) == 0 && fcntl(s, F_GETFL) == O_RDWR && fcntl(s, F_SETFD, 0) == 0 && fcntl(s, F_GETFD) == 0);
	FAILS(EINVAL, fcntl(s, 4711));
}

const struct check_case error_cases[] = {
	{ "what_there_is_not_cannot_be_made", what_there_is_not_cannot_be_made },
	{ "only_descriptors_of_sockets_are_sockets", only_descriptors_of_sockets_are_sockets },
	{ "a_socket_that_is_closed_is_none", a_socket_that_is_closed_is_none },
	{ "addresses_are_looked_at", addresses_are_looked_at },
	{ "a_place_is_taken_once", a_place_is_taken_once },
	{ "each_has_its_calls", each_has_its_calls },
	{ "there_are_so_many", there_are_so_many },
	{ "streams_of_the_library_are_descriptors_too", streams_of_the_library_are_descriptors_too },
	{ 0 }
};
