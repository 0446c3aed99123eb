/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints (c2sp.org/tlog-checkpoint): how large a log is and what its root
 * is, signed by the log.  Origin, size and root, a line each; nothing else.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include "note.h"
#include "tlog.h"

struct checkpoint {
	const char *origin;	/* the name of the log, and of its key */
	uint64_t size;
	struct tlog_hash root;
};

/* The signed note of it. */
int checkpoint_sign(const struct checkpoint *c, const struct ed25519 *k, struct arena *a, struct bytes *note, struct err *e);

/*
 * Read one and believe it by this key.  -MS_EFORMAT (ERR_NOTE, ERR_CHECKPOINT),
 * or -MS_ESIGNATURE (ERR_STORE_UNTRUSTED): signed by another, or wrongly, or of another log.
 */
int checkpoint_read(struct bytes note, const char *path, const struct note_key *k, struct arena *a, struct checkpoint *out, struct err *e);

/* Likewise without believing anything: to find out whose it says it is. */
int checkpoint_peek(struct bytes note, const char *path, struct arena *a, struct checkpoint *out, struct err *e);

/* A number as checkpoints and proofs have it: decimal, no zeros in front.  False for anything else. */
bool checkpoint_number(struct bytes digits, uint64_t *out);

/* The next line of a text, without its line feed, which must be there. */
bool checkpoint_line(struct bytes *left, struct bytes *line);

#endif
