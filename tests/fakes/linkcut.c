/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line that is cut: passes bytes between clients and a server and ends, or falls silent, after so many that came from the server.
 *
 *   linkcut PORTFILE TARGET BYTES [silent]
 *
 * It listens on a free loopback port, which it writes to PORTFILE, and connects each client to TARGET, a port on loopback or the path
 * of a Unix socket.  BYTES are counted over all connections; when they are used up all of them are closed and none is
 * taken any more; "silent": they stay open, and nothing passes.  -1: never.  It ends by SIGTERM, or after ten minutes.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAIRS_MAX = 64 };

static struct { int client, server; } pairs[PAIRS_MAX];
static int pair_count;
static long left;
static bool silent, cut;

static int connect_to(const char *target)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_in port = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(target)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	bool is_path = strchr(target, '/');
	int fd = socket(is_path ? AF_UNIX : AF_INET, SOCK_STREAM, 0);

	if (is_path)
		strncpy(path.sun_path, target, sizeof(path.sun_path) - 1);
	if (connect(fd, is_path ? (struct sockaddr *)&path : (struct sockaddr *)&port, is_path ? sizeof(path) : sizeof(port))) {
		close(fd);
		return -1;
	}
	return fd;
}

static int listen_anywhere(const char *file)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char name[4096];

	if (bind(fd, (struct sockaddr *)&at, size) || listen(fd, PAIRS_MAX) || getsockname(fd, (struct sockaddr *)&at, &size))
		exit(1);
	snprintf(name, sizeof(name), "%s.new", file);
	FILE *f = fopen(name, "w");
	if (!f || fprintf(f, "%u\n", ntohs(at.sin_port)) < 0 || fclose(f) || rename(name, file))
		exit(1);
	return fd;
}

static void drop(int at)
{
	close(pairs[at].client);
	close(pairs[at].server);
	pairs[at] = pairs[--pair_count];
}

static void take(int listener, const char *target)
{
	int client = accept(listener, NULL, NULL), server = client < 0 || cut ? -1 : connect_to(target);

	if (server < 0 || pair_count == PAIRS_MAX) {
		close(client);
		return;
	}
	pairs[pair_count].client = client;
	pairs[pair_count++].server = server;
}

static void cut_all(void)
{
	cut = true;
	while (!silent && pair_count)
		drop(0);
}

/* False when the pair is no more. */
static bool pass(int at, bool from_server)
{
	char buffer[4096];
	size_t most = from_server && left >= 0 && left < (long)sizeof(buffer) ? (size_t)left : sizeof(buffer);
	int from = from_server ? pairs[at].server : pairs[at].client, to = from_server ? pairs[at].client : pairs[at].server;

	if (!most) {
		cut_all();
		return false;
	}
	ssize_t n = read(from, buffer, most);
	if (n <= 0 || send(to, buffer, (size_t)n, MSG_NOSIGNAL) != n) {
		drop(at);
		return false;
	}
	if (from_server && left >= 0)
		left -= n;
	return true;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	int listener = listen_anywhere(argv[1]);

	left = atol(argv[3]);
	silent = argc > 4;
	alarm(600);
	for (;;) {
		struct pollfd fds[1 + 2 * PAIRS_MAX] = { { .fd = listener, .events = POLLIN } };
		bool waits = cut && silent;

		for (int i = 0; !waits && i < pair_count; i++) {
			fds[1 + 2 * i] = (struct pollfd){ .fd = pairs[i].client, .events = POLLIN };
			fds[2 + 2 * i] = (struct pollfd){ .fd = pairs[i].server, .events = POLLIN };
		}
		int count = waits ? 0 : pair_count;
		poll(fds, 1 + 2 * (nfds_t)count, -1);
		for (int i = count; i-- > 0;)
			if (i < pair_count && (!fds[1 + 2 * i].revents || pass(i, false)) && fds[2 + 2 * i].revents)
				pass(i, true);
		if (fds[0].revents)
			take(listener, argv[2]);
	}
}
