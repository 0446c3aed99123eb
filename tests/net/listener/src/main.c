/* SPDX-License-Identifier: Apache-2.0 */
/* Echoes to each who connects, and says how that ended; one thread for all, by poll.  When the network fails it begins anew. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <SysCall.h>

enum { PORT = 7000, ENDS_MAX = 5 };

static struct pollfd fds[1 + ENDS_MAX];
static nfds_t count;

static void drop(nfds_t i)
{
	close(fds[i].fd);
	fds[i] = fds[--count];
}

static void take(void)
{
	int s = accept(fds[0].fd, NULL, NULL);

	if (s < 0) {
		LOG_ERROR("accept: %s", strerror(errno));
	} else {
		LOG_INFO("one has come");
		fds[count++] = (struct pollfd){ .fd = s, .events = POLLIN };
	}
}

/* Whoever does not take the echo loses it. */
static void echo(nfds_t i)
{
	char text[64];
	ssize_t n = recv(fds[i].fd, text, sizeof(text), MSG_DONTWAIT);

	if (n > 0) {
		send(fds[i].fd, text, (size_t)n, MSG_DONTWAIT);
		return;
	}
	LOG_INFO("%s", n == 0 ? "one has ended" : errno == ECONNRESET ? "one was reset" : strerror(errno));
	drop(i);
}

static int listen_at(uint16_t port)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(port) };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	if (s >= 0 && bind(s, (struct sockaddr *)&place, sizeof(place)) == 0 && listen(s, ENDS_MAX) == 0)
		return s;
	LOG_ERROR("no listener: %s", strerror(errno));
	return -1;
}

static void serve(void)
{
	while (poll(fds, count, -1) >= 0) {
		if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
			break;
		for (nfds_t i = count; i-- > 1;)
			if (fds[i].revents)
				echo(i);
		if (fds[0].revents)
			take();
		fds[0].events = count <= ENDS_MAX ? POLLIN : 0;
	}
	LOG_NOTICE("the network has ended");
	while (count > 0)
		drop(count - 1);
}

int main(void)
{
	for (int s; (s = listen_at(PORT)) >= 0;) {
		fds[0] = (struct pollfd){ .fd = s, .events = POLLIN };
		count = 1;
		LOG_INFO("listening");
		serve();
	}
	return 1;
}
