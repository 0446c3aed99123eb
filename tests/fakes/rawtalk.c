/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes to a server on a Unix socket, or on a port of this computer: standard input goes there as it is, then it hears that nothing more comes, and what comes back is
 * printed until it closes.  An answer is waited for, not a time: one that does not close within two minutes is given up with status 3.
 *
 *   rawtalk SOCKET|PORT [cut|reset]
 *
 * With `cut` it closes instead, and waits for nothing; with `reset` it does so at once and for good, and what was sent and not yet read may be lost.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MSEC = 120000 };

static int connect_to(const char *where)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_in port = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(where)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int is_path = !!strchr(where, '/'), fd = socket(is_path ? AF_UNIX : AF_INET, SOCK_STREAM, 0);

	strncpy(path.sun_path, where, sizeof(path.sun_path) - 1);
	return connect(fd, is_path ? (struct sockaddr *)&path : (struct sockaddr *)&port, is_path ? sizeof(path) : sizeof(port)) ? -1 : fd;
}

/* As a line is that breaks: the other side hears of an error, not of an end. */
static int reset(int fd)
{
	const struct linger at_once = { .l_onoff = 1 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	return close(fd);
}

int main(int argc, char **argv)
{
	int fd = argc < 2 ? -1 : connect_to(argv[1]);
	char buffer[65536];
	ssize_t n;

	if (fd < 0)
		return argc < 2 ? 2 : 1;
	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		if (send(fd, buffer, (size_t)n, MSG_NOSIGNAL) != n)
			break;
	if (argc > 2)
		return strcmp(argv[2], "reset") ? close(fd) : reset(fd);
	shutdown(fd, SHUT_WR);
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	while (poll(&wait, 1, PATIENCE_MSEC) > 0) {
		n = read(fd, buffer, sizeof(buffer));
		if (n <= 0)
			return 0;
		if (fwrite(buffer, 1, (size_t)n, stdout) != (size_t)n)
			return 1;
	}
	return 3;
}
