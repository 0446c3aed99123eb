/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the listener in two lives: in the first it dies in the middle, in the second it ends in order. */
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <SysCall.h>

enum { PORT = 7000, TRIES = 100, PAUSE_USEC = 10000 };

/* A connection to the listener, as soon as there is one. */
static int call(void)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	for (int i = 0; s >= 0 && i < TRIES; i++) {
		if (connect(s, (struct sockaddr *)&place, sizeof(place)) == 0)
			return s;
		usleep(PAUSE_USEC);
	}
	LOG_ERROR("no connection: %s", strerror(errno));
	return -1;
}

static bool exchange(int s, const char *text)
{
	char back[32] = "";
	size_t size = strlen(text);

	if (send(s, text, size, 0) != (ssize_t)size || recv(s, back, size, MSG_WAITALL) != (ssize_t)size || memcmp(text, back, size)) {
		LOG_ERROR("no echo: %s", strerror(errno));
		return false;
	}
	LOG_INFO("%s", back);
	return true;
}

int main(void)
{
	uint64_t life = 0;
	int s = call();

	ms_info(MS_INFO_RUN_COUNT, &life);
	if (s < 0 || !exchange(s, life == 1 ? "first life" : "second life"))
		return 1;
	if (life == 1)
		*(volatile int *volatile)NULL = 0;
	return close(s) < 0;
}
