/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Child processes: run to the end, or run with their output read line by line.
 *
 * A child reads nothing (/dev/null), has its own process group, and is asked
 * to end (SIGTERM) when we are gone, however we went.  When it ends, so does
 * what it left behind in its group.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "arena.h"
#include "err.h"

struct process_result {
	int status;		/* exit status, or 128 + signal */
	struct bytes out, err;	/* what it wrote, at most 16 MiB each; a NUL follows in memory */
};

/*
 * Run argv (NULL-terminated; argv[0] is looked up in PATH) in `folder` (NULL:
 * here) to its end.  A tool that is not there: -MS_ETOOL with how to get it;
 * one that cannot be started, too.  -MS_EINTR: the user wants to stop.  A
 * status other than 0 is no failure of this call.
 */
int process_run(const char *const argv[], const char *folder, struct arena *a, struct process_result *out, struct err *e);

/* The same; each line that it writes to stdout is told meanwhile, too, without its end. */
typedef void process_heard(void *context, struct bytes line);
int process_run_heard(const char *const argv[], const char *folder, process_heard *heard, void *context, struct arena *a, struct process_result *out, struct err *e);

/* Is there such a program in PATH? Its absolute path, or NULL.  Relative parts of PATH do not count. */
const char *process_find(const char *name, struct arena *a);

/* Say that a tool is not there, and how to get it (tools.def); returns -MS_ETOOL. */
int process_missing(const char *name, struct err *e);

/* A child that is read while it runs.  process_stop ends it in any state. */
struct process {
	pid_t pid;
	int pidfd;		/* -1 if the system has none */
	int out;		/* -1 when all was read */
	int also;		/* a descriptor of the caller's that ends waiting, too; -1: none */
	bool ended;
	int status;		/* as in process_result, once it has ended */
	bool skipping;		/* the rest of a line that was cut */
	char buffer[4096];
	size_t used;
};
int process_start(const char *const argv[], const char *folder, struct process *p, struct err *e);

/*
 * The next line (without its end) of what it writes to stdout and stderr into
 * `line`.  1: a line; 0: the process has ended and all was read;
 * -MS_ETIMEDOUT: the deadline (CLOCK_MONOTONIC nanoseconds; UINT64_MAX waits
 * for ever) has passed, even if there is more to read by now, and half a line
 * stays for the next call; -MS_EAGAIN: there is no line yet, and
 * something to read on p->also; -MS_EINTR: the user wants to stop (process_interrupted).  Bytes that are no printable text are replaced by
 * '?'; a line is cut at `size`, or at the size of the buffer.
 */
int process_line(struct process *p, char *line, size_t size, uint64_t deadline_nsec);

/* Ask it to end, then kill it after two seconds; reaps it. Fine if it has ended. */
void process_stop(struct process *p);

/* From now on Ctrl-C and SIGTERM only set a flag; a second one ends us at once.  What is ignored stays so. */
void process_catch_interrupt(void);
bool process_interrupted(void);

/* Readable once the user wants to stop, for poll(2); -1 (which poll passes over) when nothing is caught. */
int process_interrupt_fd(void);

uint64_t process_now_nsec(void);	/* CLOCK_MONOTONIC */

#endif
