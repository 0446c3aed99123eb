/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heard SECONDS COMMAND...: as the command, whose output is passed on; it is ended when nothing has come from it for so long, or
 * when nobody reads it any more.  A kernel with a changed place often hangs at once: that need not be waited for.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pass on what comes from the pipe until it ends; 0 when it is silent or nobody reads, and the command has to be ended. */
static int pass_on(int from, int silence_msec)
{
	struct pollfd p = { .fd = from, .events = POLLIN };
	char some[4096];

	while (poll(&p, 1, silence_msec) > 0) {
		ssize_t n = read(from, some, sizeof(some));

		if (n <= 0)
			return 1;
		for (ssize_t done = 0, now; done < n; done += now)
			if ((now = write(STDOUT_FILENO, some + done, (size_t)(n - done))) <= 0)
				return 0;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int ends[2], status;

	if (argc < 3 || atoi(argv[1]) < 1 || pipe(ends) < 0) {
		fputs("usage: heard SECONDS COMMAND...\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	pid_t child = fork();

	if (child < 0)
		return 2;
	if (!child) {
		signal(SIGPIPE, SIG_DFL);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	close(ends[1]);
	if (!pass_on(ends[0], 1000 * atoi(argv[1])))
		kill(child, SIGTERM);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
