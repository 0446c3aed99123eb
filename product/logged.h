/* SPDX-License-Identifier: Apache-2.0 */
/* Is a package in a store's log, or the source package of one, as its proof says?  Without any network, by a key that is trusted for that log. */
#ifndef LOGGED_H
#define LOGGED_H

#include "archive.h"
#include "tlog_proof.h"

/* What the proof has to be of; it was verified before. */
struct logged_file {
	struct bytes content;
	const struct manifest *manifest;	/* of the package, or of the one that a source package must give */
	const uint8_t *manifest_sha256;		/* of a package; else NULL */
	const uint8_t *gives;			/* of a source package: the SHA-256 of the package; else NULL */
};

struct logged {
	const char *origin;		/* the log */
	uint64_t index, size;		/* the entry, and how many the log had when the proof was made */
};

/* "hello-1.0.0.msp.tlog-proof": where the proof of a package lies unless it is named. */
const char *logged_path(const char *package, struct arena *a);

/*
 * `path` is the proof's.  -MS_ENOENT (ERR_STORE_UNKNOWN): nobody is trusted for that log.
 * -MS_EFORMAT: it is no proof.  -MS_ESIGNATURE: it is wrong, of another package, or of another history than was seen.
 */
int logged_verify(const struct logged_file *file, struct bytes proof, const char *path, struct arena *a, struct logged *out, struct err *e);

#endif
