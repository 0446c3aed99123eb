/* SPDX-License-Identifier: Apache-2.0 */
/* Child processes: run to the end, or run with their output read line by line. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "arena.h"
#include "err.h"

struct process_result {
	int status;		/* exit status, or 128 + signal */
	struct bytes out, err;	/* what it wrote, at most 16 MiB each */
};

/*
 * Run argv (NULL-terminated; argv[0] is looked up in PATH) in `folder` (NULL:
 * here) to its end.  A tool that is not there: -MS_ETOOL with how to get it.
 * A status other than 0 is no failure of this call.
 */
int process_run(const char *const argv[], const char *folder, struct arena *a, struct process_result *out, struct err *e);

/* Is there such a program in PATH? Its path, or NULL. */
const char *process_find(const char *name, struct arena *a);

/* A child that is read while it runs. It has its own process group and dies with us. */
struct process { pid_t pid; int out; bool ended; int status; char buffer[4096]; size_t used; };
int process_start(const char *const argv[], const char *folder, struct process *p, struct err *e);

/*
 * The next line (without its end) of what it writes to stdout and stderr into `line`.  1: a line; 0: the
 * process has ended and all was read; -MS_ETIMEDOUT: nothing came by the
 * deadline (CLOCK_MONOTONIC nanoseconds; UINT64_MAX waits for ever);
 * -MS_EINTR: the user wants to stop (process_interrupted).  Bytes that are no
 * printable text are replaced by '?'; a line is cut at `size`.
 */
int process_line(struct process *p, char *line, size_t size, uint64_t deadline_nsec);

/* Ask it to end, then kill it after two seconds; reaps it. */
void process_stop(struct process *p);

/* From now on Ctrl-C and SIGTERM only set a flag; a second one ends us at once. */
void process_catch_interrupt(void);
bool process_interrupted(void);

uint64_t process_now_nsec(void);	/* CLOCK_MONOTONIC */

#endif
