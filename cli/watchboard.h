/* SPDX-License-Identifier: Apache-2.0 */
/* The board of `ms watch`: what runs on it, and how what was built anew gets there. */
#ifndef WATCHBOARD_H
#define WATCHBOARD_H

#include "gdbremote.h"
#include "plan.h"
#include "process.h"
#include "runlines.h"

struct watchboard {
	const struct plan *plan;	/* what runs; NULL: nothing does */
	struct process process;
	struct gdbremote port;
	int poke;			/* poke_open; -1: not connected */
	struct runlines lines;
	bool fast;
	bool stale;			/* a service was replaced since it was started: a reset would bring the old one back */
	bool reset;			/* that has happened */
	char last[CONSOLE_LINE_MAX];	/* what it said last */
};

/* How a plan got onto the board. */
enum watch_how { WATCH_SAME, WATCH_REPLACED, WATCH_STARTED };

/*
 * Bring a plan onto the board, which must live until the next one is: by replacing those services that differ while the others
 * go on, or by starting the board anew; then *why says what made that necessary, NULL when nothing ran before.
 * changed[i]: service i was replaced.  Returns an enum watch_how.
 */
int watchboard_bring(struct watchboard *b, const struct plan *next, struct arena *a, bool changed[], const char **why, struct err *e);

/* Take a line of the console; *l is what it says. */
void watchboard_line(struct watchboard *b, const char *line, struct console_line *l);

void watchboard_stop(struct watchboard *b);

#endif
