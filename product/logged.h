/* SPDX-License-Identifier: Apache-2.0 */
/* Is a package in a store's log, as its proof says?  Without any network, by a key that is trusted for that log. */
#ifndef LOGGED_H
#define LOGGED_H

#include "archive.h"
#include "tlog_proof.h"

struct logged {
	const char *origin;		/* the log */
	uint64_t index, size;		/* the entry, and how many the log had when the proof was made */
};

/* "hello-1.0.0.msp.tlog-proof": where the proof of a package lies unless it is named. */
const char *logged_path(const char *package, struct arena *a);

/*
 * `r` is what archive_verify found, good; `path` is the proof's.  -MS_ENOENT (ERR_STORE_UNKNOWN): nobody is trusted for that log.
 * -MS_EFORMAT: it is no proof.  -MS_ESIGNATURE: it is wrong, of another package, or of another history than was seen.
 */
int logged_verify(struct bytes package, const struct archive_report *r, struct bytes proof, const char *path, struct arena *a, struct logged *out, struct err *e);

#endif
