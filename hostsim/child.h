/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process of a test, or of several, as its parent sees it: with a process group of its own, so that one that ends its
 * group leaves those who say which it was.
 */
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
	uint64_t limit_usec;		/* it is ended when it runs for longer; 0: whatever it takes */
	uint64_t asked_usec;		/* when it was asked to end; 0: it was not */
	void (*tick)(void);		/* called some times a second while we listen, or NULL */
};

/* Start one, which does this and does not return from it; *c is zero but for limit and tick. */
void child_start(struct child *c, void (*run)(void *context, int report), void *context);

/* Take what it prints (said.h) and its outcome, until it has ended; what it has started itself and left is ended, too. */
void child_listen(struct child *c);

/* From now on `ms test` may ask us to end, and those we listen to; has it? */
void child_heed_end(void);
bool child_told_to_end(void);

/* Microseconds of a clock that only goes forward. */
uint64_t child_now_usec(void);

#endif
