/* SPDX-License-Identifier: Apache-2.0 */
/* The process of a test, or of several, as its parent sees it. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

#include "supervise.h"

struct child {
	pid_t pid;
	int output, report;		/* read from here; -1 at their end */
	struct outcome outcome;
	size_t got;			/* bytes of it */
	int status;			/* as waitpid gave it */
	uint64_t usec;
	uint64_t limit_usec;		/* it is ended when it takes longer; 0: whatever it takes */
};

/* Start one, which does this and does not return from it; *c is zero but for its limit. */
void child_start(struct child *c, void (*run)(void *context, int report), void *context);

/* Take what it prints (said.h) and its outcome, until it has ended. */
void child_listen(struct child *c);

/* Microseconds of a clock that only goes forward. */
uint64_t child_now_usec(void);

#endif
