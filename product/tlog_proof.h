/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proof as a file (c2sp.org/tlog-proof): where an entry stands in a log, the
 * hashes from there to the root, and the checkpoint with that root.  With the log's
 * key it can be verified without any network.  Ours always has the entry itself, as `extra`.
 */
#ifndef TLOG_PROOF_H
#define TLOG_PROOF_H

#include "checkpoint.h"

enum { TLOG_PROOF_FILE_MAX = 128 * 1024 };

struct tlog_proof {
	uint64_t index;
	struct tlog_path path;
	struct bytes entry;		/* empty: the proof does not have it */
	struct bytes checkpoint;	/* the signed note */
};

struct bytes tlog_proof_write(const struct tlog_proof *p, struct arena *a);

/* *out borrows from `content` and the arena.  -MS_EFORMAT (ERR_LOG_PROOF) with the line for what tlog_proof_write does not write. */
int tlog_proof_read(struct bytes content, const char *path, struct arena *a, struct tlog_proof *out, struct err *e);

/*
 * Is the entry in the log, as far as this key's word goes?  MS_OK and the
 * checkpoint; -MS_ESIGNATURE: ERR_STORE_UNTRUSTED for the checkpoint, ERR_NOT_LOGGED for the path.
 */
int tlog_proof_verify(const struct tlog_proof *p, const char *path, const struct note_key *k, struct arena *a, struct checkpoint *out, struct err *e);

#endif
