/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever is needed is made ready before: in the handler only calls that are
 * safe in one are made, on a stack of its own.  The call trace comes last,
 * because it is the one thing that may fail; a timer ends it if it hangs.
 */
#include "bug.h"

#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "folders.h"
#include "version.h"

enum { PATH_ROOM = 4096, TRACE_SECONDS_MAX = 5, FRAME_MAX = 64 };

static char report_path[PATH_ROOM];
static size_t folder_size;
static int word_count;
static char *const *words;
static bool as_json;
static const char *json_verb;
static uint8_t signal_stack[64 << 10];

static const int caught[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS };

static void put(int fd, const char *text)
{
	for (size_t left = strlen(text); left > 0;) {
		ssize_t n = write(fd, text, left);
		if (n <= 0)
			return;
		text += n;
		left -= (size_t)n;
	}
}

static const char *number(uintptr_t value, unsigned base, char room[24])
{
	char *at = room + 23;

	*at = 0;
	do
		*--at = "0123456789abcdef"[value % base];
	while (value /= base);

	return at;
}

static void make_folders(void)
{
	for (size_t i = 1; i <= folder_size; i++) {
		if (report_path[i] != '/')
			continue;
		report_path[i] = 0;
		mkdir(report_path, 0700);
		report_path[i] = '/';
	}
}

static int report_open(void)
{
	char room[24];

	char *end = report_path + folder_size;
	end = stpcpy(end, "/bug-");
	end = stpcpy(end, number((uintptr_t)time(NULL), 10, room));
	end = stpcpy(end, "-");
	end = stpcpy(end, number((uintptr_t)getpid(), 10, room));
	stpcpy(end, ".txt");
	make_folders();

	return open(report_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static void report_write(int fd, int sig, const siginfo_t *info)
{
	char room[24];

	put(fd, "ms ");
	put(fd, ms_version);
	put(fd, " was stopped by signal ");
	put(fd, number((uintptr_t)sig, 10, room));
	put(fd, " (SIG");
	put(fd, sigabbrev_np(sig) ? sigabbrev_np(sig) : "?");
	put(fd, ") at address 0x");
	put(fd, number((uintptr_t)info->si_addr, 16, room));
	put(fd, "\narguments:");
	for (int i = 0; i < word_count && words[i]; i++) {
		put(fd, " '");
		put(fd, words[i]);
		put(fd, "'");
	}
	put(fd, "\ncall trace:\n");
}

static void say_where(int fd)
{
	put(STDERR_FILENO, "ms: internal error\n");
	if (fd < 0) {
		put(STDERR_FILENO, "fix: the report could not be written into the state folder; make it writable and try again\n");
		return;
	}
	put(STDERR_FILENO, "report: ");
	put(STDERR_FILENO, report_path);
	put(STDERR_FILENO, "\nfix: this is a bug of ms; the report holds version, arguments and call trace, please send it to us\n");
}

/* The last line that a reader of the stream waits for (docs/json.md). */
static void end_stream(void)
{
	if (!as_json)
		return;
	put(STDOUT_FILENO, "{\"v\":1,\"type\":\"result\",\"verb\":");
	put(STDOUT_FILENO, json_verb ? "\"" : "null");
	put(STDOUT_FILENO, json_verb ? json_verb : "");
	put(STDOUT_FILENO, json_verb ? "\"" : "");
	put(STDOUT_FILENO, ",\"ok\":false,\"exit\":70,\"error\":{\"code\":\"EFAULT\",\"text\":\"internal error\",\"file\":null,"
			   "\"line\":null,\"column\":null,\"fix\":\"standard error names a report: please send it to us\"}}\n");
}

static void give_up(int sig)
{
	(void)sig;
	_exit(BUG_STATUS);
}

static void on_bug(int sig, siginfo_t *info, void *context)
{
	void *frames[FRAME_MAX];

	(void)context;
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		signal(caught[i], give_up);
	signal(SIGALRM, give_up);
	alarm(TRACE_SECONDS_MAX);

	int fd = report_open();
	if (fd >= 0)
		report_write(fd, sig, info);
	say_where(fd);
	end_stream();
	if (fd >= 0)
		backtrace_symbols_fd(frames, backtrace(frames, FRAME_MAX), fd);
	_exit(BUG_STATUS);
}

static void prepare_path(void)
{
	struct arena a = { 0 };
	const char *folder = folder_state(&a);

	if (strlen(folder) + 64 < sizeof(report_path))
		folder_size = (size_t)(stpcpy(report_path, folder) - report_path);
	arena_done(&a);
}

void bug_as_json(const char *verb)
{
	as_json = true;
	json_verb = verb;
}

void bug_watch(int argc, char *const argv[])
{
	stack_t stack = { .ss_sp = signal_stack, .ss_size = sizeof(signal_stack) };
	struct sigaction action = { .sa_sigaction = on_bug, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	word_count = argc;
	words = argv;
	prepare_path();
	sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		sigaction(caught[i], &action, NULL);
}
