/* SPDX-License-Identifier: Apache-2.0 */
/* Running OpenOCD with the script that flashes a board, and telling what it is about. */
#ifndef FLASHING_H
#define FLASHING_H

#include "flashheld.h"
#include "flashscript.h"
#include "probe.h"

struct flashing {
	const struct flash_job *job;
	const struct probe *probe;
	uint32_t chip, flash_kib;	/* as the chip said; 0: not yet */
	uint32_t compared, changed, written;	/* sectors */
	uint32_t written_size;
	uint32_t at;			/* the sector that is being erased or written; 0: none */
	bool erased_all, recovering, done;
};

/* Ask who is there and what table it holds, and change nothing; it fails as flashing_run does.  *table is filled if *has. */
int flashing_look(struct flashing *f, struct arena *a, struct table *table, bool *has, struct err *e);

/*
 * Do it.  What the user is told on the way, and events "sector" with --json, come from here.  -MS_ETOOL with what the
 * board holds now; -MS_EINCOMPATIBLE for another chip than the board's; -MS_EINTR.
 */
int flashing_run(struct flashing *f, struct arena *a, struct err *e);

#endif
