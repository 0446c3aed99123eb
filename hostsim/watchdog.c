/* SPDX-License-Identifier: Apache-2.0 */
#include "watchdog.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { USEC_PER_SEC = 1000000, NSEC_PER_USEC = 1000 };

/* The handler may come while a service runs. */
__attribute__((section("ms_open")))
static struct {
	volatile bool fed;
	uint64_t since_usec, limit_usec;
	int signal;
} watch;

/* The second of three numbers, in nanoseconds. */
static uint64_t starved_of(const char *path)
{
	char text[100];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, text, sizeof(text)) : 0, at = 0;
	uint64_t nsec = 0;

	if (fd >= 0)
		close(fd);
	while (at < size && text[at] != ' ')
		at++;
	for (at++; at < size && text[at] >= '0' && text[at] <= '9'; at++)
		nsec = 10 * nsec + (uint64_t)(text[at] - '0');
	return nsec / NSEC_PER_USEC;
}

uint64_t watchdog_starved_usec(pid_t pid)
{
	char path[50];

	if (!pid)
		return starved_of("/proc/self/schedstat");
	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);
	return starved_of(path);
}

static uint64_t own_usec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * USEC_PER_SEC + (uint64_t)t.tv_nsec / NSEC_PER_USEC - watchdog_starved_usec(0);
}

static void tick(int number)
{
	uint64_t now = own_usec();

	if (watch.fed)
		watch.since_usec = now;
	watch.fed = false;
	if (now - watch.since_usec < watch.limit_usec)
		return;
	if (watch.signal == number)
		signal(number, SIG_DFL);
	raise(watch.signal);
}

void watchdog_begin(unsigned seconds, int signal)
{
	struct sigaction action = { .sa_handler = tick, .sa_flags = SA_RESTART | SA_ONSTACK };

	watch.fed = false;
	watch.since_usec = own_usec();
	watch.limit_usec = (uint64_t)seconds * USEC_PER_SEC;
	watch.signal = signal;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &(struct itimerval){ { 1, 0 }, { 1, 0 } }, NULL);
}

void watchdog_feed(void)
{
	watch.fed = true;
}
