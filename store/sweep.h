/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sweeping a store's blobs: those that no entry of the log names (a store was killed between a package's bytes and their entry), and those of versions that
 * were removed, once they are so for a day.  Done by who writes the store, between its groups: nothing that is published now is without its entry then, whatever
 * the clock says.  Each blob is removed by itself, so a sweep that is killed is one that goes on later.
 */
#ifndef SWEEP_H
#define SWEEP_H

#include "store.h"

enum { SWEEP_AGE_SEC = 86400 };

enum sweep_why { SWEEP_NEEDED, SWEEP_LOST, SWEEP_REMOVED };

/* One sweep: starts zeroed, ends with sweep_done, and can be begun anew then. */
struct sweep {
	struct arena arena;
	struct list names;		/* of all blobs, when it began */
	size_t at;			/* the next to be looked at */
	bool begun, dry_run;
	uint64_t swept, bytes;
	void (*tell)(enum sweep_why why, const char *name, uint64_t size);	/* of each that is swept, or would be; or NULL */
};

/*
 * Look at `most` more; 1: there are more, 0: that were all.  A database that is behind the log is no reason to sweep: nothing is done.
 */
int sweep_some(struct store *s, struct sweep *w, size_t most, struct err *e);
void sweep_done(struct sweep *w);

#endif
