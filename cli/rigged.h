/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Boards of a rig: `--on rig:NAME[/BOARD]`.  ms-rig, which lies beside this program, holds the board for as long as we run and
 * does what is wanted with it; here is how its lines are read.
 *
 * What goes wrong with the rig or on the way there is a failure of its own (err_is_of_rig), never the end of a board: nothing that
 * a board seemed to say by falling silent is then to be believed.
 */
#ifndef RIGGED_H
#define RIGGED_H

#include "process.h"

struct rigged {
	const char *rig, *name;		/* of the rig, and of the board there */
	const char *board;		/* which kind it is */
	const char *epoch;		/* of the lease */
	struct process holder, driver;
};

enum { RIGGED_WAIT_SEC = 60 };		/* in line, when nothing else is said */

/* Is "rig:..." meant, not a board of this computer's? */
bool rigged_is_meant(const char *on);

/*
 * Borrow the board; `kind` is that which is wanted, or NULL.  Waits in line for so long, showing how many are ahead.  Give it
 * back by rigged_release, which may be called in any state.
 */
int rigged_take(const char *on, const char *kind, uint32_t wait_sec, struct arena *a, struct rigged *out, struct err *e);
void rigged_release(struct rigged *r);

/* Have "run", "flash" or "monitor" done; `image` is a file, or NULL; `limit_sec` 0: as long as the rig allows. */
int rigged_start(struct rigged *r, const char *job, const char *image, bool fast, uint32_t limit_sec, struct arena *a, struct err *e);
void rigged_stop(struct rigged *r);

/* The next line of the console, as process_line gives it; other failures are the rig's, and in *e. */
int rigged_line(struct rigged *r, char *line, size_t size, uint64_t deadline_nsec, struct err *e);

#endif
