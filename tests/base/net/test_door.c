/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses to listen on, as people write them; and what is said of those that cannot be had. */
#include "door.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "scratch.h"

static int check(const char *address)
{
	struct err e;

	return door_check_address(address, &scratch, &e);
}

static void addresses_with_a_port_are_taken(void **state)
{
	static const char *const good[] = { "127.0.0.1:0", "127.0.0.1:65535", "0.0.0.0:7443", "[::1]:80", "[::]:7443", "127.0.0.1:00080" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (check(good[i]) < 0)
			fail_msg("'%s' is refused", good[i]);
}

/* A port that is too large would be another one, which nobody asked for. */
static void what_means_no_address_is_refused(void **state)
{
	static const char *const bad[] = { "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80800", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:1 ",
					   "127.0.0.1:0x50", "127.0.0.1:http", "127.0.0.1:4294967376", "127.0.0.1:000080", ":8080", "localhost:8080", "::1:8080", "[::1]", "[]:80",
					   "[::1:80", "::1]:80", "256.0.0.1:80", "http://127.0.0.1:80" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (check(bad[i]) != -MS_EBUSY)
			fail_msg("'%s' is taken", bad[i]);
}

/* Whoever has a socket at this path, until it is closed. */
static int take_path(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(at.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 1), 0);
	return fd;
}

/* Likewise a port of this computer, which *address names. */
static int take_port(const char **address)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*address = arena_printf(&scratch, "127.0.0.1:%u", ntohs(at.sin_port));
	return fd;
}

static void what_cannot_be_had_is_said_with_what_helps_there(void **state)
{
	(void)state;
	struct web w = { 0 };
	struct door d;
	const char *address;
	struct err e;

	int path = take_path("s"), port = take_port(&address);
	assert_true(door_open_socket(&d, &w, "s", &scratch, &e) < 0);
	assert_non_null(strstr(e.fix, "choose another path"));
	assert_null(strstr(e.fix, "port"));
	assert_true(door_open_network(&d, &w, address, NULL, &scratch, &e) < 0);
	assert_non_null(strstr(e.fix, "port 0 takes one that is free"));
	assert_true(door_open_network(&d, &w, "192.0.2.1:0", NULL, &scratch, &e) < 0);
	assert_non_null(strstr(e.fix, "not this computer's"));
	assert_true(door_open_socket(&d, &w, "not/there", &scratch, &e) < 0);
	assert_non_null(strstr(e.fix, "make the folder"));
	assert_int_equal(symlink("round", "round"), 0);
	assert_true(door_open_socket(&d, &w, "round/s", &scratch, &e) < 0);
	assert_string_equal(e.fix, "");
	close(path);
	close(port);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(addresses_with_a_port_are_taken),
		scratch_test(what_means_no_address_is_refused),
		scratch_test(what_cannot_be_had_is_said_with_what_helps_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
