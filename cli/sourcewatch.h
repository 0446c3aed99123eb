/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a person edits: what of a project is watched, and whether one of them was saved. */
#ifndef SOURCEWATCH_H
#define SOURCEWATCH_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

struct project;

struct sourcewatch { int fd; };	/* readable when something has happened, for poll(2) */

int sourcewatch_open(struct sourcewatch *w, struct err *e);
void sourcewatch_close(struct sourcewatch *w);

/* A folder, and all folders in which a project has sources, headers and tests.  One that is watched already stays so. */
void sourcewatch_folder(struct sourcewatch *w, const char *folder, struct arena *a);
void sourcewatch_project(struct sourcewatch *w, const struct project *p, struct arena *a);

/* Take what has happened: was it a source that changed, and no editor's own file? */
bool sourcewatch_changed(struct sourcewatch *w);

/*
 * Wait until a source has changed (changed: one has), and the editor has written the others, too: nothing more happens
 * for `quiet_msec`.  False when the user wants to stop.
 */
bool sourcewatch_wait(struct sourcewatch *w, bool changed, int quiet_msec);

/* Say what is wrong with what was saved, as it would be said at the end of the program. */
void sourcewatch_say(const struct err *e);

#endif
