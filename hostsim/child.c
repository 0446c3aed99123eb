/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "counters.h"
#include "panic.h"
#include "parallel.h"
#include "said.h"
#include "watchdog.h"

enum { LATE_READS = 64 };	/* of what a test leaves behind in the pipe, or goes on to write by others */
enum { PATIENCE_USEC = 2000000, WAIT_FACTOR = 10 };	/* once it was asked; how much longer it may be there than run, waiting for a disk, say */

static volatile sig_atomic_t told_to_end;	/* ms test has lost patience */
static volatile pid_t listened_to;		/* 0: nobody */

static void on_sigterm(int number)
{
	told_to_end = 1;
	if (listened_to)
		kill(listened_to, number);
}

void child_heed_end(void)
{
	signal(SIGTERM, on_sigterm);
}

bool child_told_to_end(void)
{
	return told_to_end;
}

uint64_t child_now_usec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

void child_start(struct child *c, void (*run)(void *context, int report), void *context)
{
	int output[2], report[2];

	fflush(NULL);
	if (pipe2(output, O_CLOEXEC) || pipe2(report, O_CLOEXEC))
		panic_errno("cannot make a pipe");
	c->pid = fork();
	if (c->pid < 0)
		panic_errno("cannot start a process");
	if (c->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setpgid(0, 0);
		parallel_forget();
		counters_leave();
		dup2(output[1], STDOUT_FILENO);
		dup2(output[1], STDERR_FILENO);
		close(output[0]);
		close(report[0]);
		run(context, report[1]);
		_exit(2);
	}
	close(output[1]);
	close(report[1]);
	c->output = output[0];
	c->report = report[0];
}

static void end_of(int *fd)
{
	close(*fd);
	*fd = -1;
}

static void read_output(struct child *c)
{
	char buffer[65536];
	ssize_t size = read(c->output, buffer, sizeof(buffer));

	if (size <= 0)
		end_of(&c->output);
	else
		said_add(buffer, (size_t)size);
}

/* What it has had of a processor. */
static uint64_t ran_usec(const struct child *c)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(c->pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* Asked first, so that it says where it is. */
static void lose_patience(struct child *c, uint64_t usec)
{
	if (!c->limit_usec || usec <= c->limit_usec)
		return;
	uint64_t own = usec - watchdog_starved_usec(c->pid);

	if (!c->asked_usec && own <= c->limit_usec * WAIT_FACTOR && ran_usec(c) <= c->limit_usec)
		return;
	if (!c->asked_usec)
		c->asked_usec = own;
	kill(c->pid, own > c->asked_usec + PATIENCE_USEC ? SIGKILL : SIGTERM);
}

static void read_report(struct child *c)
{
	ssize_t size = read(c->report, (char *)&c->outcome + c->got, sizeof(c->outcome) - c->got);

	if (size > 0)
		c->got += (size_t)size;
	if (size <= 0 || c->got == sizeof(c->outcome))
		end_of(&c->report);
}

/* What the test has started itself may hold its output open and write into it: that is not waited for. */
void child_listen(struct child *c)
{
	uint64_t begun = child_now_usec();
	bool ended = false;
	int late = 0;

	listened_to = c->pid;
	if (told_to_end)
		kill(c->pid, SIGTERM);
	while (c->output >= 0) {
		struct pollfd p[] = { { .fd = c->output, .events = POLLIN }, { .fd = c->report, .events = POLLIN } };
		int ready = poll(p, 2, ended ? 0 : 20);

		if (ready < 0 && errno != EINTR)
			panic_errno("cannot wait for a test");
		if (ready > 0 && p[0].revents)
			read_output(c);
		if (ready > 0 && p[1].revents)
			read_report(c);
		if (ended && (ready == 0 || ++late > LATE_READS))
			end_of(&c->output);
		if (!ended)
			lose_patience(c, child_now_usec() - begun);
		if (c->tick)
			c->tick();
		if (!ended)
			ended = waitpid(c->pid, &c->status, WNOHANG) == c->pid;
	}
	if (!ended)
		waitpid(c->pid, &c->status, 0);
	listened_to = 0;
	kill(-c->pid, SIGKILL);	/* what the test has left behind */
	if (c->report >= 0 && poll(&(struct pollfd){ .fd = c->report, .events = POLLIN }, 1, 0) > 0)
		read_report(c);
	c->usec = child_now_usec() - begun;
}
