/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer of a store's log: entries are appended, whole groups at once, and
 * are durable, hashed and signed for when log_append returns.
 *
 *   STORE/log/checkpoint	size and root, signed (c2sp.org/tlog-checkpoint)
 *   STORE/log/tile/...		hashes and entries (c2sp.org/tlog-tiles)
 *   STORE/log/journal		entries that are not yet in a whole tile
 *   STORE/log/lock		held by the one program that writes
 *
 * The journal is what counts: a group is there once it is written there and
 * synced, in one write, before the checkpoint that has it is signed or shown.
 * Tiles of less than 256 hashes and the checkpoint follow from it and are written anew
 * when the log is opened, so no order of a power cut makes two histories. Whole
 * tiles are synced before the journal lets go of their entries.
 *
 * What a caller does, in this order: blobs durable, then log_append, then its
 * database.  The log is the truth: after a crash it may hold an entry whose caller never
 * heard of it, so a database catches up from log_size() on (log_entry), and never the other way round.
 *
 * log_append may be called by several threads at once: those that wait are
 * written together by the next.  That an entry may follow those before it is the caller's to
 * see to, under a lock of its own, or by one thread that appends groups.  Everything else: one thread at a
 * time, or beside log_append for log_size, log_checkpoint, log_entry, log_proof.
 */
#ifndef LOG_H
#define LOG_H

#include "checkpoint.h"
#include "tlog_proof.h"

struct log;

enum { LOG_GROUP_MAX = 4096 };	/* entries that one call may append */

/*
 * Open the log of the store in a folder, both made if they are not there; `k` is borrowed
 * until log_close, `origin` copied.  Whatever a crash left is put in order. -MS_EBUSY
 * (ERR_LOG_BUSY): another program has it; -MS_ESIGNATURE: ERR_STORE_DIFFERS if it is of another origin or
 * key, ERR_LOG_DAMAGED if entries that were signed for are lost or changed: then nothing is written.
 */
int log_open(const char *store, const char *origin, const struct ed25519 *k, struct log **out, struct err *e);
void log_close(struct log *l);

/*
 * Append entries (1 to TLOG_ENTRY_MAX bytes each; at most LOG_GROUP_MAX): all or none, in this order, one after the
 * other.  *first is the index of the first.  On failure none is there, and after -MS_ENOSPC one may go on; after
 * another failure of the disk every call fails until the log is opened anew.
 */
int log_append(struct log *l, const struct bytes *entries, size_t count, uint64_t *first, struct err *e);

uint64_t log_size(struct log *l);

/* The checkpoint of now: the signed note. */
int log_checkpoint(struct log *l, struct arena *a, struct bytes *note, struct err *e);

/* The bytes of an entry. */
int log_entry(struct log *l, uint64_t index, struct arena *a, struct bytes *entry, struct err *e);

/* The proof of an entry under the checkpoint of now: the content of a .tlog-proof. */
int log_proof(struct log *l, uint64_t index, struct arena *a, struct bytes *proof, struct err *e);

/* The key that others verify with, as text. */
const char *log_key(struct log *l, struct arena *a);

#endif
