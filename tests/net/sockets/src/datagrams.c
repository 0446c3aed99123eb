/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

static char buffer[2048];

static int bound(uint16_t port)
{
	int s = socket(AF_INET, SOCK_DGRAM, 0);

	return bind(s, (struct sockaddr *)check_place(port), sizeof(struct sockaddr_in)) == 0 ? s : -1;
}

static ssize_t send_to(int s, uint16_t port, const char *text)
{
	return sendto(s, text, strlen(text), 0, (struct sockaddr *)check_place(port), sizeof(struct sockaddr_in));
}

static void each_arrives_whole_and_says_from_where(void)
{
	int one = bound(5000), other = bound(5001);
	struct sockaddr_in from;
	socklen_t size = sizeof(from);

	CHECK(one >= 0 && other >= 0);
	CHECK(send_to(one, 5001, "first") == 5 && send_to(one, 5001, "") == 0 && send_to(one, 5001, "third") == 5);
	CHECK(recvfrom(other, buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &size) == 5 && memcmp(buffer, "first", 5) == 0);
	CHECK(size == sizeof(from) && from.sin_family == AF_INET && ntohs(from.sin_port) == 5000 && from.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	CHECK(recv(other, buffer, sizeof(buffer), 0) == 0);
	CHECK(recv(other, buffer, sizeof(buffer), 0) == 5);
	FAILS(EAGAIN, recv(other, buffer, sizeof(buffer), MSG_DONTWAIT));
}

static void what_does_not_fit_is_cut_and_told(void)
{
	int one = bound(5000), other = bound(5001);
	struct iovec in[] = { { buffer, 2 }, { buffer + 100, 1 } };
	struct sockaddr_in from;
	struct msghdr m = { .msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = in, .msg_iovlen = 2 };

	CHECK(send_to(one, 5001, "abcdef") == 6 && send_to(one, 5001, "xyz") == 3);
	CHECK(recvmsg(other, &m, MSG_PEEK) == 3 && m.msg_flags & MSG_TRUNC);
	CHECK(recvmsg(other, &m, 0) == 3 && m.msg_flags & MSG_TRUNC && memcmp(buffer, "ab", 2) == 0 && buffer[100] == 'c');
	CHECK(m.msg_namelen == sizeof(from) && ntohs(from.sin_port) == 5000);
	CHECK(recvmsg(other, &m, 0) == 3 && !(m.msg_flags & MSG_TRUNC));
}

static void pieces_are_one_datagram(void)
{
	int one = bound(5000), other = bound(5001);
	struct iovec out[] = { { "pie", 3 }, { "ces", 3 } };
	struct msghdr m = { .msg_name = check_place(5001), .msg_namelen = sizeof(struct sockaddr_in), .msg_iov = out, .msg_iovlen = 2 };

	CHECK(sendmsg(one, &m, 0) == 6);
	CHECK(recv(other, buffer, sizeof(buffer), 0) == 6 && memcmp(buffer, "pieces", 6) == 0);
}

static void who_is_connected_hears_only_one(void)
{
	int one = bound(5000), two = bound(5001), s = bound(5002);

	CHECK(connect(s, (struct sockaddr *)check_place(5000), sizeof(struct sockaddr_in)) == 0);
	CHECK(send_to(two, 5002, "stranger") == 8 && send_to(one, 5002, "friend") == 6);
	CHECK(recv(s, buffer, sizeof(buffer), MSG_DONTWAIT) == 6);
	CHECK(send(s, "hi", 2, 0) == 2 && recv(one, buffer, 9, MSG_DONTWAIT) == 2);
	FAILS(EISCONN, send_to(s, 5001, "x"));
	struct sockaddr any = { .sa_family = AF_UNSPEC };

	CHECK(connect(s, &any, sizeof(any)) == 0);
	CHECK(send_to(two, 5002, "stranger") == 8 && recv(s, buffer, sizeof(buffer), MSG_DONTWAIT) == 8);
	FAILS(EDESTADDRREQ, send(s, "x", 1, 0));
}

static void nobody_there_is_told_to_who_is_connected(void)
{
	int s = socket(AF_INET, SOCK_DGRAM, 0);

	CHECK(send_to(s, 5999, "lost") == 4 && send_to(s, 5999, "lost") == 4);
	CHECK(connect(s, (struct sockaddr *)check_place(5999), sizeof(struct sockaddr_in)) == 0);
	CHECK(send(s, "lost", 4, 0) == 4);
	FAILS(ECONNREFUSED, send(s, "lost", 4, 0));
}

static void too_much_is_dropped_not_mixed(void)
{
	int one = bound(5000), other = bound(5001);
	unsigned got = 0;

	for (int i = 0; i < 100; i++)
		CHECK(send_to(one, 5001, "0123456789012345678901234567890123456789") == 40);
	for (; recv(other, buffer, sizeof(buffer), MSG_DONTWAIT) == 40; got++)
		CHECK(memcmp(buffer, "0123456789", 10) == 0);
	CHECK(errno == EAGAIN && got > 3 && got < 100);
	FAILS(EMSGSIZE, sendto(one, buffer, sizeof(buffer), 0, (struct sockaddr *)check_place(5001), sizeof(struct sockaddr_in)));
}

static void any_address_hears_all(void)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(5003) };
	int any = socket(AF_INET, SOCK_DGRAM, 0), s = socket(AF_INET, SOCK_DGRAM, 0);

	CHECK(bind(any, (struct sockaddr *)&place, sizeof(place)) == 0);
	place.sin_addr.s_addr = htonl(0x7f010203);
	CHECK(sendto(s, "x", 1, 0, (struct sockaddr *)&place, sizeof(place)) == 1);
	CHECK(recv(any, buffer, 9, MSG_DONTWAIT) == 1);
}

const struct check_case datagram_cases[] = {
	{ "each_arrives_whole_and_says_from_where", each_arrives_whole_and_says_from_where },
	{ "what_does_not_fit_is_cut_and_told", what_does_not_fit_is_cut_and_told },
	{ "pieces_are_one_datagram", pieces_are_one_datagram },
	{ "who_is_connected_hears_only_one", who_is_connected_hears_only_one },
	{ "nobody_there_is_told_to_who_is_connected", nobody_there_is_told_to_who_is_connected },
	{ "too_much_is_dropped_not_mixed", too_much_is_dropped_not_mixed },
	{ "any_address_hears_all", any_address_hears_all },
	{ 0 }
};
