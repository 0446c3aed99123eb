/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a log, written: whole tiles durably, what is not yet whole as it comes. */
#ifndef TILEWRITER_H
#define TILEWRITER_H

#include "tlog.h"

/* What a log is at one moment: the hashes of its right edge, and the entries of the bundle that is not yet whole. */
struct logview {
	struct arena arena;		/* all of it lies there, the struct itself too */
	struct tlog_edge edge;
	struct text tail;		/* edge.size % TLOG_WIDTH entries */
	struct bytes checkpoint;
};

struct logview *logview_new(void);
void logview_free(struct logview *v);

/* A copy that entries can be added to. */
struct logview *logview_copy(const struct logview *v);

/* Add an entry.  What becomes whole by it is written below `folder` (STORE/log), synced, unless it is there already. */
int logview_add(struct logview *v, struct bytes entry, const char *folder, struct err *e);

/* Write what is not whole and differs from what it was at `before` entries. */
int logview_write_partial(const struct logview *v, uint64_t before, const char *folder, struct arena *a, struct err *e);

/* Remove files of tiles that were not whole at `before` entries and are now. */
void logview_remove_partial(const struct logview *v, uint64_t before, const char *folder, struct arena *a);

/* Remove what was written of entries that then were taken back, or that a crash left: nobody was shown a checkpoint that counts them. */
void logview_remove_beyond(const struct logview *v, const char *folder, struct arena *a);

/* The root of its whole bundles alone. */
struct tlog_hash logview_whole_root(const struct logview *v);

/* Set the edge of a log of `size` entries, a multiple of TLOG_WIDTH, from its whole tiles. */
int logview_load(struct logview *v, uint64_t size, const struct tlog_tiles *t, struct err *e);

#endif
