/* SPDX-License-Identifier: Apache-2.0 */
/* How a child begins and ends, beneath process.h. */
#ifndef SPAWN_H
#define SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#include "err.h"

struct child { pid_t pid; int pidfd; };

/*
 * Start argv with these descriptors as its stdout and stderr.  -MS_ETOOL if it
 * is not there or cannot be executed; then there is no child.
 */
int spawn(const char *const argv[], const char *folder, int out, int err, struct child *c, struct err *e);

/* Has it ended?  Waits for it no longer than `msec` (-1: for ever).  It is not reaped yet. */
bool child_ended(const struct child *c, int msec);

/* Reap one that has ended, and end what it left in its group; its status as a shell gives it. */
int child_reap(struct child *c);

/* A pipe that no other child inherits.  Zero, or the failure. */
int spawn_pipe(int ends[2], struct err *e);

#endif
