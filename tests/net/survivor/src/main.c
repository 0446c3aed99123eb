/* SPDX-License-Identifier: Apache-2.0 */
/* Lives on when the network does not: what waits comes back, what is left is reset, and new sockets work. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <SysCall.h>

/* A listener, and both ends of a connection by it. */
static void open_all(int all[3])
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(80), .sin_addr = { htonl(INADDR_LOOPBACK) } };

	all[0] = socket(AF_INET, SOCK_STREAM, 0);
	all[1] = socket(AF_INET, SOCK_STREAM, 0);
	bind(all[0], (struct sockaddr *)&place, sizeof(place));
	listen(all[0], 1);
	connect(all[1], (struct sockaddr *)&place, sizeof(place));
	all[2] = accept(all[0], NULL, NULL);
}

static const char *outcome(ssize_t rc)
{
	return rc >= 0 ? "success" : errno == ECONNRESET ? "reset" : errno == ENETDOWN ? "down" : strerror(errno);
}

int main(void)
{
	int all[3], more[3];
	char byte[1];

	open_all(all);
	struct pollfd p = { .fd = all[2], .events = POLLIN };
	int n = poll(&p, 1, -1);

	LOG_INFO("a poll: %d with %s", n, p.revents == (POLLIN | POLLERR | POLLHUP) ? "all of it" : "something else");
	LOG_INFO("a receive: %s", outcome(recv(all[1], byte, 1, 0)));
	LOG_INFO("a send: %s", outcome(send(all[2], "x", 1, 0)));
	open_all(more);
	LOG_INFO("an old one: %s", outcome(send(all[1], "x", 1, 0)));
	LOG_INFO("a new one: %s", outcome(send(more[1], "x", 1, 0)));
	LOG_INFO("its other end: %s", outcome(recv(more[2], byte, 1, 0)));
	for (int i = 0; i < 3; i++)
		LOG_INFO("closing: %s", outcome(close(all[i])));
	return 0;
}
