/* SPDX-License-Identifier: Apache-2.0 */
/* What a function prints and how it ends: it runs in a child whose streams are pipes. */
#ifndef CAPTURED_H
#define CAPTURED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct captured {
	int status;		/* exit status, or 128 + signal */
	char out[64 * 1024], err[64 * 1024];
};

/* Read both to their ends, so that neither blocks the child. */
static inline void captured_read(struct captured *c, int out, int err)
{
	struct pollfd fds[] = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };
	char *to[] = { c->out, c->err };
	size_t used[2] = { 0 };

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		assert_int_not_equal(poll(fds, 2, 20000), 0);
		for (int i = 0; i < 2; i++) {
			if (fds[i].fd < 0 || !fds[i].revents)
				continue;
			ssize_t n = read(fds[i].fd, to[i] + used[i], sizeof(c->out) - 1 - used[i]);
			if (n > 0)
				used[i] += (size_t)n;
			else
				fds[i].fd = -1;
		}
	}
	c->out[used[0]] = '\0';
	c->err[used[1]] = '\0';
	close(out);
	close(err);
}

/* Run it in a child; what it returns is the exit status. */
static inline void capture(int (*run)(void *), void *with, struct captured *c)
{
	int out[2], err[2], ended;

	assert_int_equal(pipe(out), 0);
	assert_int_equal(pipe(err), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		close(out[0]);
		close(out[1]);
		close(err[0]);
		close(err[1]);
		_exit(run(with));
	}
	close(out[1]);
	close(err[1]);
	captured_read(c, out[0], err[0]);
	assert_int_equal(waitpid(pid, &ended, 0), pid);
	c->status = WIFSIGNALED(ended) ? 128 + WTERMSIG(ended) : WEXITSTATUS(ended);
}

#endif
