/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stddef.h>
#include <string.h>

static void addresses_of_four_numbers(void)
{
	static const char *const wrong[] = { "", "1", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "a.b.c.d", "1.2.3.0x4", "1.2.3.1000" };
	struct in_addr in = { 1 };
	char text[INET_ADDRSTRLEN];

	CHECK(inet_pton(AF_INET, "127.0.0.1", &in) == 1 && in.s_addr == htonl(INADDR_LOOPBACK));
	CHECK(inet_pton(AF_INET, "255.255.255.255", &in) == 1 && in.s_addr == INADDR_BROADCAST);
	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK(inet_pton(AF_INET, wrong[i], &in) == 0 && in.s_addr == INADDR_BROADCAST);
	CHECK(inet_ntop(AF_INET, &in, text, sizeof(text)) == text && strcmp(text, "255.255.255.255") == 0);
	errno = 0;
	CHECK(!inet_ntop(AF_INET, &in, text, 15) && errno == ENOSPC);
	CHECK(!inet_ntop(99, &in, text, 16) && errno == EAFNOSUPPORT);
	FAILS(EAFNOSUPPORT, inet_pton(99, "1.2.3.4", &in));
	in.s_addr = htonl(0x01020304);
	CHECK(strcmp(inet_ntoa(in), "1.2.3.4") == 0);
}

static void addresses_as_they_were_of_old(void)
{
	CHECK(inet_addr("127.1") == htonl(0x7f000001) && inet_addr("0x7f.0.0.01") == htonl(0x7f000001) && inet_addr("1.2.3") == htonl(0x01020003));
	CHECK(inet_addr("4294967294") == htonl(0xfffffffe) && inet_addr("017") == htonl(15));
	CHECK(inet_addr("1.2.3.4.5") == INADDR_NONE && inet_addr("1.256.1") == INADDR_NONE && inet_addr("1.16777216") == INADDR_NONE);
	CHECK(inet_addr("") == INADDR_NONE && inet_addr("-1") == INADDR_NONE && inet_addr("1.") == INADDR_NONE && inet_addr("4294967296") == INADDR_NONE);
	CHECK((htons)(0x1234) == 0x3412 && (ntohl)(0x12345678) == 0x78563412);
}

static void addresses_of_eight_groups(void)
{
	static const struct { const char *from, *to; } same[] = {
		{ "::", "::" }, { "::1", "::1" }, { "1::", "1::" }, { "2001:DB8::8:800:200c:417A", "2001:db8::8:800:200c:417a" },
		{ "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" }, { "0:0:0:1:0:0:0:0", "0:0:0:1::" }, { "1:0:0:2:0:0:0:3", "1:0:0:2::3" },
		{ "1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7" }, { "::ffff:1.2.3.4", "::ffff:1.2.3.4" }, { "::ffff:102:304", "::ffff:1.2.3.4" },
		{ "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" }, { "::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8" }, { "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
	};
	static const char *const wrong[] = { "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7:8",
					     "12345::", "g::", "::1.2.3", "::1.2.3.4.5", "1.2.3.4::", "::1 ", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4::5:6:7:8" };
	struct in6_addr in;
	char text[INET6_ADDRSTRLEN];

	for (unsigned i = 0; i < sizeof(same) / sizeof(*same); i++) {
		CHECK(inet_pton(AF_INET6, same[i].from, &in) == 1);
		CHECK(inet_ntop(AF_INET6, &in, text, sizeof(text)) && strcmp(text, same[i].to) == 0);
	}
	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK(inet_pton(AF_INET6, wrong[i], &in) == 0);
	CHECK(IN6_IS_ADDR_UNSPECIFIED(&in6addr_any) && IN6_IS_ADDR_LOOPBACK(&in6addr_loopback) && !IN6_IS_ADDR_V4MAPPED(&in6addr_any));
}

static void hosts_are_numbers(void)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV }, *found = NULL;
	char host[INET6_ADDRSTRLEN], service[6];

	CHECK(getaddrinfo("127.0.0.1", "8080", &hints, &found) == 0 && found && !found->ai_next);
	CHECK(found->ai_family == AF_INET && found->ai_socktype == SOCK_STREAM && found->ai_protocol == IPPROTO_TCP);
	CHECK(getnameinfo(found->ai_addr, found->ai_addrlen, host, sizeof(host), service, sizeof(service), 0) == 0);
	CHECK(strcmp(host, "127.0.0.1") == 0 && strcmp(service, "8080") == 0);
	CHECK(getnameinfo(found->ai_addr, found->ai_addrlen, host, 4, NULL, 0, 0) == EAI_OVERFLOW);
	freeaddrinfo(found);
	CHECK(getaddrinfo("localhost", "http", NULL, &found) == EAI_SERVICE);
	CHECK(getaddrinfo("example.org", "80", NULL, &found) == EAI_NONAME && getaddrinfo(NULL, NULL, NULL, &found) == EAI_NONAME);
	hints.ai_family = 99;
	CHECK(getaddrinfo("::1", "80", &hints, &found) == EAI_FAMILY);
	CHECK(getaddrinfo("localhost", "80", &(struct addrinfo){ .ai_flags = AI_CANONNAME }, &found) == 0);
	CHECK(strcmp(found->ai_canonname, "localhost") == 0 && found->ai_next && found->ai_next->ai_next->ai_family == AF_INET6);
	freeaddrinfo(found);
	CHECK(strlen(gai_strerror(EAI_NONAME)) > 0 && strlen(gai_strerror(4711)) > 0);
}

const struct check_case text_cases[] = {
	{ "addresses_of_four_numbers", addresses_of_four_numbers },
	{ "addresses_as_they_were_of_old", addresses_as_they_were_of_old },
	{ "addresses_of_eight_groups", addresses_of_eight_groups },
	{ "hosts_are_numbers", hosts_are_numbers },
	{ 0 }
};
