/* SPDX-License-Identifier: Apache-2.0 */
#include "poke.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MSEC = 5000, ANSWER_MAX = 128 };

int poke_open(uint16_t port, struct err *e)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && !connect(fd, (struct sockaddr *)&at, sizeof(at)))
		return fd;
	if (fd >= 0)
		close(fd);
	return err_set(e, ERR_DEBUG_PORT, "the emulator's port for tests cannot be reached");
}

/* A line as answer: was it done? */
static bool ask(int fd, const char *command)
{
	char answer[ANSWER_MAX];
	struct pollfd in = { .fd = fd, .events = POLLIN };
	size_t used = 0;

	if (send(fd, command, strlen(command), MSG_NOSIGNAL) != (ssize_t)strlen(command))
		return false;
	while (!used || answer[used - 1] != '\n') {
		ssize_t got = poll(&in, 1, ANSWER_MSEC) > 0 ? recv(fd, answer + used, sizeof(answer) - used, 0) : 0;

		if (got <= 0)
			return false;
		used += (size_t)got;
	}
	return used >= 2 && !memcmp(answer, "OK", 2);
}

int poke_word(int fd, uint32_t address, uint32_t value, struct err *e)
{
	char command[48];

	snprintf(command, sizeof(command), "writel 0x%x 0x%x\n", address, value);
	return ask(fd, command) ? MS_OK : err_set(e, ERR_DEBUG_PORT, "the emulator's port for tests does not answer");
}
