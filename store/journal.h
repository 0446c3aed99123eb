/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The journal of a log that is written: groups of entries, each there as a
 * whole or not at all, also after a power cut.
 *
 *   0   u32	magic "MSLJ"
 *   4   u32	number of entries
 *   8   u64	index of the first
 *   16  u64	bytes of the entries
 *   24  32	root of the log before the first
 *   56  32	SHA-256 of the 56 bytes before and of the entries
 *   88		the entries, each with its size before it (16 bits, big-endian)
 *
 * It begins with a group, of no entries perhaps, so that it says where it begins.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <sys/types.h>

#include "tlog.h"

struct journal {
	const char *path;
	int fd;			/* -1: closed */
	off_t end;		/* behind the last group */
};

struct journal_group { uint64_t first; struct tlog_hash root; uint32_t count; struct bytes entries; };

/* What a journal holds; *groups borrows from the arena.  -MS_ENOENT; -MS_ESIGNATURE (ERR_LOG_DAMAGED) unless only its end is torn. */
int journal_read(const char *path, struct arena *a, struct journal_group **groups, size_t *count, off_t *end, struct err *e);

/* Begin it anew with this group: the old journal or the new one is there. */
int journal_begin(struct journal *j, const char *path, const struct journal_group *g, struct arena *a, struct err *e);

/* Go on behind `end`; what is there is torn. */
int journal_continue(struct journal *j, const char *path, off_t end, struct err *e);

/*
 * Add a group, durably.  On failure nothing was added, and *broken says whether
 * that could not be made sure: then nobody may write before the journal was read again.
 */
int journal_add(struct journal *j, const struct journal_group *g, bool *broken, struct err *e);

/* Take the last group back, to where it began. */
int journal_undo(struct journal *j, off_t end, struct err *e);

void journal_close(struct journal *j);

#endif
