/* SPDX-License-Identifier: Apache-2.0 */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

const char *process_find(const char *name, struct arena *a)
{
	const char *path = getenv("PATH");
	char *rest, *copy = arena_printf(a, "%s", path ? path : "/usr/local/bin:/usr/bin:/bin");

	if (strchr(name, '/'))
		return is_program(name) ? path_absolute(a, name) : NULL;
	for (char *folder = strtok_r(copy, ":", &rest); folder; folder = strtok_r(NULL, ":", &rest)) {
		const char *program = path_join(a, folder, name);
		if (folder[0] == '/' && is_program(program))
			return program;
	}
	return NULL;
}

int process_missing(const char *name, struct err *e)
{
	static const struct { const char *name, *package; } tools[] = {
#define TOOL(program, debian_package) { program, debian_package },
#include "tools.def"
#undef TOOL
	};

	err_set(e, ERR_TOOL_MISSING, "cannot find the program '%s'", name);
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (strcmp(tools[i].name, name) == 0)
			return err_fix(e, "install it: apt-get install %s", tools[i].package);
	return err_fix(e, "install it, or add its folder to PATH");
}

int spawn_pipe(int ends[2], struct err *e)
{
	return pipe2(ends, O_CLOEXEC) ? err_errno(e, "cannot make a pipe") : MS_OK;
}

/* What a child that could not begin tells its parent. */
struct trouble { int number; bool in_folder; };

static void reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
}

/* In the child.  Descriptors are at least 3 (out_init), so none is overwritten before it is copied. */
static _Noreturn void begin(const char *program, const char *const argv[], const char *folder, int out, int err,
			    pid_t parent, int tell)
{
	struct trouble t = { 0 };

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);	/* it died before we asked to be told */
	reset_signals();
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0) {
		t.in_folder = folder && chdir(folder);
		if (!t.in_folder)
			execv(program, (char *const *)argv);
	}
	t.number = errno;
	(void)!write(tell, &t, sizeof(t));
	_exit(127);
}

/* Wait until it executes its program (the pipe closes) or has failed to. */
static int await_begin(struct child *c, int told, const char *program, const char *folder, struct err *e)
{
	struct trouble t;
	ssize_t n;

	do
		n = read(told, &t, sizeof(t));
	while (n < 0 && errno == EINTR);
	if (n != sizeof(t))
		return MS_OK;

	child_ended(c, -1);
	child_reap(c);
	errno = t.number;
	if (t.in_folder)
		return err_errno(e, "cannot enter the folder '%s'", folder);
	err_errno(e, "cannot run '%s'", program);
	err_set(e, ERR_TOOL_FAILED, "%s", e->text);
	return err_fix(e, "'ms doctor' looks at all that ms runs, and says how to install it");
}

static int start(const char *program, const char *const argv[], const char *folder, int out, int err,
		 struct child *c, struct err *e)
{
	int tell[2];
	pid_t us = getpid();

	int rc = spawn_pipe(tell, e);
	if (rc < 0)
		return rc;

	signal(SIGCHLD, SIG_DFL);	/* who started us may have it ignored, which loses the status */
	c->pid = fork();
	if (c->pid == 0)
		begin(program, argv, folder, out, err, us, tell[1]);
	if (c->pid < 0) {
		rc = err_errno(e, "cannot start another process");
	} else {
		setpgid(c->pid, c->pid);	/* whoever of us comes first */
		c->pidfd = (int)syscall(SYS_pidfd_open, c->pid, 0);
	}
	close(tell[1]);
	if (rc == MS_OK)
		rc = await_begin(c, tell[0], program, folder, e);
	close(tell[0]);
	return rc;
}

int spawn(const char *const argv[], const char *folder, int out, int err, struct child *c, struct err *e)
{
	struct arena a = { 0 };

	const char *program = process_find(argv[0], &a);
	int rc = program ? start(program, argv, folder, out, err, c, e) : process_missing(argv[0], e);
	arena_done(&a);
	return rc;
}

static bool has_ended(const struct child *c)
{
	siginfo_t info = { 0 };
	return waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid == c->pid;
}

bool child_ended(const struct child *c, int msec)
{
	const uint64_t step = 20000000;
	uint64_t end = process_now_nsec() + (uint64_t)msec * 1000000;
	struct pollfd exit = { .fd = c->pidfd, .events = POLLIN };

	while (!has_ended(c)) {
		uint64_t now = process_now_nsec();
		if (msec >= 0 && now >= end)
			return false;
		/* Without a pidfd it is looked at again and again. */
		uint64_t left = msec < 0 ? step : end - now;
		if (c->pidfd < 0 && left > step)
			left = step;
		struct timespec t = { .tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000) };
		ppoll(&exit, 1, msec < 0 && c->pidfd >= 0 ? NULL : &t, NULL);
	}
	return true;
}

int child_reap(struct child *c)
{
	int ended = 0;

	/* Its number is still taken, so this can hit no other group. */
	kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, &ended, 0) < 0 && errno == EINTR)
		;
	if (c->pidfd >= 0)
		close(c->pidfd);
	c->pidfd = -1;
	return WIFSIGNALED(ended) ? 128 + WTERMSIG(ended) : WEXITSTATUS(ended);
}
