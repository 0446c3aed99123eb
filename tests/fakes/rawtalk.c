/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes to a server on a Unix socket: standard input goes there as it is, then it hears that nothing more comes, and what comes back is
 * printed until it closes.  An answer is waited for, not a time: one that does not close within two minutes is given up with status 3.
 *
 *   rawtalk SOCKET [cut]
 *
 * With `cut` it closes instead, and waits for nothing.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MSEC = 120000 };

int main(int argc, char **argv)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char buffer[65536];
	ssize_t n;

	if (argc < 2)
		return 2;
	strncpy(at.sun_path, argv[1], sizeof(at.sun_path) - 1);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)))
		return 1;
	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		if (send(fd, buffer, (size_t)n, MSG_NOSIGNAL) != n)
			break;
	if (argc > 2 && !strcmp(argv[2], "cut"))
		return close(fd);
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
