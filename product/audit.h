/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replaying a whole store: does everything in it follow from its log, and the
 * log from its checkpoint?  Says of each thing that does not what it should follow from.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "checkpoint.h"
#include "ledger.h"
#include "storefiles.h"

enum { AUDIT_FINDING_MAX = 1000 };

struct auditing;

struct audit_options {
	const struct note_key *key;	/* whom to believe; NULL: whoever the log itself names */
	bool log_only;			/* neither packages nor index */
	void (*found)(void *context, const char *file, const struct err *why);	/* each thing that is wrong */
	void (*now)(void *context, const char *what, uint64_t at, uint64_t of);	/* how far it has come; may be NULL */
	void *context;
	/* What else is held against log and packages, once these are good (audit_parts.h); may be NULL. */
	int (*more)(struct auditing *d, struct err *e);
};

struct audit {
	struct checkpoint checkpoint;	/* believed by the key */
	struct note_key key;
	struct ledger ledger;		/* ended by audit_done */
	bool whole;			/* it came to its end: nothing that had to be read could not be */
	uint64_t packages, sources, services, findings;	/* sources: source packages; services of the index */
	bool has_index;			/* there is one, and it was compared */
	bool has_pages;			/* likewise, by `more` */
	uint64_t pages;			/* files of them */
};

/*
 * MS_OK when all follows; else the first thing that does not, as it was told by `found` with all others.  Where the checkpoint cannot be believed
 * or an entry is not the log's, the rest says nothing and is not looked at.  -MS_EIO and the like when something cannot be read: then it ends there,
 * `whole` is false, and what is counted is no result.
 */
int audit_run(const struct storefiles *files, const struct audit_options *o, struct audit *out, struct err *e);
void audit_done(struct audit *u);

#endif
