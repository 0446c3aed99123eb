/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of a log, put aside while it is replayed, so that they can be read again and are not in memory: bundle after bundle in a file
 * without a name, which is gone when it is closed or the program ends.  Two bytes for each entry are kept.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include "ledger.h"

struct spool { int fd; bool open; uint64_t size; struct arena arena; struct list bundles; };

/* In $TMPDIR, or where files may be large.  Starts zeroed, ends with spool_close, also when this failed. */
int spool_open(struct spool *s, struct err *e);
void spool_close(struct spool *s);

/* The next bundle (tlog_bundle_next): TLOG_WIDTH entries, but for the last.  When this fails those before it are there, and nothing of this one. */
int spool_add(struct spool *s, struct bytes bundle, struct err *e);

/* Read again, as they were added; `number` and `index` are of those that were. */
int spool_bundle(const struct spool *s, uint64_t number, struct arena *a, struct bytes *bundle, struct err *e);
struct ledger_entries spool_entries(struct spool *s);

#endif
