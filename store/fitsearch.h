/* SPDX-License-Identifier: Apache-2.0 */
/* A search for what fits: among what the database finds, what the check of a product (fit.h) lets through. */
#ifndef FITSEARCH_H
#define FITSEARCH_H

#include "db.h"
#include "fit.h"

struct fitsearch_hit { const struct db_hit *hit; struct fit fit; };

/* Only what has an executable for the board is worth a look. */
void fitsearch_narrow(struct db_query *q, const struct board *b);

/*
 * Up to q->most that fit beside what the frame has: struct fitsearch_hit *.  Looks at so many services, and for so long, that who asks waits little: *next is
 * where it goes on (db_query.after), or 0.
 */
int fitsearch(struct db *d, const struct db_query *q, const struct device *frame, struct arena *a, struct list *hits, uint64_t *next, struct err *e);

/* Would it fit?  `said` is db_facts.said of a version.  False where nothing is said; then, and where nothing of it runs there, fit->target is 0. */
bool fitsearch_look(const char *said, const char *publisher, const char *name, const char *version, const struct device *frame, struct arena *a, struct fit *fit);

/* An empty board as the frame. */
struct device fitsearch_frame(const struct board *b);

#endif
