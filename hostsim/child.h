/* SPDX-License-Identifier: Apache-2.0 */
/* The process of one test, as its parent sees it. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

#include "schedule.h"
#include "supervise.h"

struct child {
	pid_t pid;
	int output, report;		/* read from here; -1 at their end */
	struct outcome outcome;
	size_t got;			/* bytes of it */
	int status;			/* as waitpid gave it */
	uint64_t usec;
};

/* Start it by this schedule; *c is zero. */
void child_start(struct child *c, const struct group *g, const struct CMUnitTest *test, struct schedule *s);

/* Take what it prints (said.h) and its outcome, until it has ended. */
void child_listen(struct child *c);

#endif
