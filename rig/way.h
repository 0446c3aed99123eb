/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ways to reach a board: each starts one program that does what is wanted with it and prints its console.  As long as
 * that program or one that it started lives, nobody else drives the board (pod.h).
 */
#ifndef WAY_H
#define WAY_H

#include "board.h"
#include "config.h"
#include "process.h"

enum job { JOB_RUN, JOB_FLASH, JOB_MONITOR, JOB_COUNT };

/* "run", "flash", "monitor". */
const char *job_word(enum job job);

struct order {
	enum job job;
	const char *image;	/* a file; NULL when nothing is written */
	const char *held;	/* what an emulated board has in its flash: a file, which may not be there */
	bool fast;		/* an emulated board may jump over sleep */
};

/*
 * Begin.  MS_OK: `p` runs; 1: it is done already.  What the process prints is the console, but for a line that
 * begins with WAY_SAYS: behind it stands what the tools say, as `ms --json` prints it.
 */
#define WAY_SAYS "ms-rig: "
typedef int way_fn(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e);
way_fn way_qemu, way_openocd, way_command;

/* By the way that the configuration names. */
int way_start(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e);

/* Can the board be reached in that way at all?  For the agent's start. */
int way_check(const struct lent *l, const struct board *b, struct err *e);

#endif
