/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/time.h>

static int get(int s, int level, int name)
{
	int value = -1;
	socklen_t size = sizeof(value);

	return getsockopt(s, level, name, &value, &size) == 0 && size == sizeof(value) ? value : -1;
}

static int set(int s, int level, int name, int value)
{
	return setsockopt(s, level, name, &value, sizeof(value));
}

static void flags_are_kept(void)
{
	static const struct { int level, name; } flags[] = {
		{ SOL_SOCKET, SO_REUSEADDR }, { SOL_SOCKET, SO_KEEPALIVE }, { SOL_SOCKET, SO_BROADCAST }, { IPPROTO_TCP, TCP_NODELAY },
	};
	int s = socket(AF_INET, SOCK_STREAM, 0);

	for (unsigned i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		CHECK(get(s, flags[i].level, flags[i].name) == 0);
		CHECK(set(s, flags[i].level, flags[i].name, 5) == 0 && get(s, flags[i].level, flags[i].name) == 1);
		CHECK(set(s, flags[i].level, flags[i].name, 0) == 0 && get(s, flags[i].level, flags[i].name) == 0);
		FAILS(EINVAL, setsockopt(s, flags[i].level, flags[i].name, &s, 1));
	}
}

static void what_it_is_can_be_read(void)
{
	int stream = socket(AF_INET6, SOCK_STREAM, 0), datagram = socket(AF_INET, SOCK_DGRAM, 0), listener = check_listener(0, 1);

	CHECK(get(stream, SOL_SOCKET, SO_TYPE) == SOCK_STREAM && get(datagram, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM);
	CHECK(get(stream, SOL_SOCKET, SO_DOMAIN) == AF_INET6 && get(datagram, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_UDP);
	CHECK(get(stream, SOL_SOCKET, SO_ACCEPTCONN) == 0 && get(listener, SOL_SOCKET, SO_ACCEPTCONN) == 1);
	CHECK(get(stream, SOL_SOCKET, SO_RCVBUF) > 0 && get(stream, SOL_SOCKET, SO_SNDBUF) > 0 && get(stream, SOL_SOCKET, SO_ERROR) == 0);
	CHECK(get(stream, IPPROTO_IPV6, IPV6_V6ONLY) == 1);
	FAILS(ENOPROTOOPT, set(stream, SOL_SOCKET, SO_TYPE, 1));
	FAILS(ENOPROTOOPT, set(stream, SOL_SOCKET, SO_ERROR, 1));
	FAILS(ENOPROTOOPT, get(stream, SOL_SOCKET, 4711));
	FAILS(ENOPROTOOPT, get(stream, 4711, SO_TYPE));
	FAILS(ENOPROTOOPT, get(datagram, IPPROTO_TCP, TCP_NODELAY));
	FAILS(EINVAL, set(stream, IPPROTO_IPV6, IPV6_V6ONLY, 0));
}

static void a_wait_is_as_long_as_it_may_be(void)
{
	int ends[2];
	char byte[1];
	struct timeval limit = { .tv_usec = 70000 }, was;
	socklen_t size = sizeof(was);

	CHECK(check_pair(ends));
	CHECK(setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) == 0);
	CHECK(getsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &was, &size) == 0 && was.tv_sec == 0 && was.tv_usec == 70000);
	uint64_t begin = check_msec();

	FAILS(EAGAIN, recv(ends[0], byte, 1, 0));
	CHECK(check_msec() - begin >= 70 && check_msec() - begin < 90);
	CHECK(setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) == 0);
	begin = check_msec();
	while (send(ends[0], byte, 1, 0) == 1)
		;
	CHECK(errno == EAGAIN && check_msec() - begin >= 70);
	limit.tv_usec = 1000000;
	FAILS(EDOM, setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	FAILS(EINVAL, setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, 4));
}

static void an_accept_and_a_connect_have_limits_too(void)
{
	struct timeval limit = { .tv_usec = 20000 };
	int listener = check_listener(0, 1), one = socket(AF_INET, SOCK_STREAM, 0), two = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) == 0);
	FAILS(EAGAIN, accept(listener, NULL, NULL));
	CHECK(check_connect(one, listener) == 0);
	CHECK(setsockopt(two, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) == 0);
	FAILS(EINPROGRESS, check_connect(two, listener));
}

const struct check_case option_cases[] = {
	{ "flags_are_kept", flags_are_kept },
	{ "what_it_is_can_be_read", what_it_is_can_be_read },
	{ "a_wait_is_as_long_as_it_may_be", a_wait_is_as_long_as_it_may_be },
	{ "an_accept_and_a_connect_have_limits_too", an_accept_and_a_connect_have_limits_too },
	{ 0 }
};
