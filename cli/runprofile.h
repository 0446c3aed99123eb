/* SPDX-License-Identifier: Apache-2.0 */
/* `ms run --profile`: how many instructions each function of services and runtime executed. */
#ifndef RUNPROFILE_H
#define RUNPROFILE_H

#include "emulator.h"
#include "plan.h"

enum { RUNPROFILE_TEXTS = 2 };

struct runprofile {
	const char *counts;			/* what the emulator writes */
	const char *texts[RUNPROFILE_TEXTS];	/* a line that holds one of them may end the run; NULL: none */
	uint32_t lines;				/* of those there were so far */
	uint32_t cut;				/* the one that ended it; UINT32_MAX: none */
};

/* Have an emulator count that is not started yet.  `until` is a text that may end the run, or NULL.  -MS_ETOOL when the SDK lacks the counter. */
int runprofile_begin(struct runprofile *r, const struct plan *p, const char *until, struct emulator *m, struct arena *a, struct err *e);

/* A line came from the console; did it end the run? */
void runprofile_line(struct runprofile *r, const char *line, bool ended);

/* The emulator has ended: say where the instructions went, in the `top` functions with most of them; with --json in all. */
int runprofile_show(const struct runprofile *r, const struct plan *p, uint32_t top, struct arena *a, struct err *e);

#endif
