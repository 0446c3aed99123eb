/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines to a server that are held: each sends the begin of a header, and then a byte now and then.
 *
 *   rawlines PORT COUNT [tls]
 *
 * With `tls` the begin is that of a handshake.
 * Prints "open N" once all were tried and nothing changes any more, N of them being held, and "closed" when the server has ended the last.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINES_MAX = 2000, TICK_MSEC = 100, QUIET_TICKS = 5 };

static struct pollfd lines[LINES_MAX];

static int open_line(int port, bool tls)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	static const char http[] = "GET /livez HTTP/1.1\r\nHost: s\r\nX-Slow: ";
	/* The first bytes of a ClientHello of 508 bytes. */
	static const char hello[] = "\x16\3\1\2\0\1\0\1\xfc\3\3";
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at))) {
		perror("rawlines");
		exit(1);
	}
	if (send(fd, tls ? hello : http, (tls ? sizeof(hello) : sizeof(http)) - 1, MSG_NOSIGNAL) < 0)
		perror("rawlines: closed at once");
	return fd;
}

static void end_line(struct pollfd *l)
{
	close(l->fd);
	l->fd = -1;	/* poll looks away */
}

/* A byte to each; how many are held still. */
static int tick(int count)
{
	char answer[512];
	int held = 0;

	poll(lines, (nfds_t)count, 0);
	for (int i = 0; i < count; i++) {
		if (lines[i].fd >= 0 && lines[i].revents && read(lines[i].fd, answer, sizeof(answer)) <= 0)
			end_line(&lines[i]);
		if (lines[i].fd >= 0 && send(lines[i].fd, "x", 1, MSG_NOSIGNAL) < 0)
			end_line(&lines[i]);
		held += lines[i].fd >= 0;
	}
	usleep(TICK_MSEC * 1000);
	return held;
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 0, held, before = -1, quiet = 0;

	if (count < 1 || count > LINES_MAX)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 0; i < count; i++)
		lines[i] = (struct pollfd){ .fd = open_line(atoi(argv[1]), argc > 3), .events = POLLIN };
	while ((held = tick(count)) > 0) {
		quiet = held == before ? quiet + 1 : 0;
		before = held;
		if (quiet == QUIET_TICKS)
			printf("open %d\n", held);
	}
	printf("closed\n");
	return 0;
}
