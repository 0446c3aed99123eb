/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that one service alone can see of sockets: a line for each case, and an exit status that says how many failed. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <SysCall.h>

static bool failed;

void check_failed(const char *file, int line, const char *what)
{
	int error = errno;

	failed = true;
	LOG_ERROR("%s:%d: %s", file, line, what);
	LOG_ERROR("errno is %d (%s)", error, strerror(error));
}

struct sockaddr_in *check_place(uint16_t port)
{
	static struct sockaddr_in place;

	place = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	return &place;
}

int check_connect(int s, int listener)
{
	struct sockaddr_storage place;
	socklen_t size = sizeof(place);

	if (getsockname(listener, (struct sockaddr *)&place, &size) < 0)
		return -1;
	return connect(s, (struct sockaddr *)&place, size);
}

int check_listener(uint16_t port, int backlog)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);

	if (s >= 0 && (bind(s, (struct sockaddr *)check_place(port), sizeof(struct sockaddr_in)) < 0 || listen(s, backlog) < 0)) {
		close(s);
		return -1;
	}
	return s;
}

bool check_pair(int ends[2])
{
	int listener = check_listener(0, 1);

	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || ends[0] < 0 || check_connect(ends[0], listener) < 0)
		return false;
	ends[1] = accept(listener, NULL, NULL);
	return close(listener) == 0 && ends[1] >= 0;
}

void check_nonblocking(int s)
{
	fcntl(s, F_SETFL, fcntl(s, F_GETFL) | O_NONBLOCK);
}

uint64_t check_msec(void)
{
	return ms_clock() / 1000000;
}

static unsigned run_all(const struct check_case *c)
{
	unsigned failures = 0;

	for (; c->name; c++) {
		failed = false;
		c->run();
		for (int fd = STDERR_FILENO + 1; fd < 32; fd++)
			close(fd);
		LOG_INFO("%s %s", failed ? "FAILED" : "passed", c->name);
		failures += failed;
	}
	return failures;
}

int main(void)
{
	unsigned failures = run_all(stream_cases) + run_all(datagram_cases) + run_all(error_cases) + run_all(option_cases) +
			    run_all(ready_cases) + run_all(interrupted_cases) + run_all(text_cases);

	LOG_INFO("%u failed", failures);
	return (int)failures;
}
