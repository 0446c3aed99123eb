/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an audit: the log's files, packages, index. */
#ifndef AUDIT_PARTS_H
#define AUDIT_PARTS_H

#include "audit.h"
#include "spool.h"

struct auditing {
	const struct storefiles *files;
	const struct audit_options *o;
	struct audit *u;
	struct err first;	/* what was found first */
	struct spool spool;	/* the entries, unless the log is all that is looked at */
	struct ledger_entries entries;	/* of it */
};

/* Something is wrong with a file. */
__attribute__((format(printf, 4, 5)))
void audit_found(struct auditing *d, int code, const char *file, const char *format, ...);
void audit_found_err(struct auditing *d, const char *file, const struct err *why);
void audit_now(const struct auditing *d, const char *what, uint64_t at, uint64_t of);

/* A file must be there with this content, and is compared. */
void audit_compare(struct auditing *d, int code, const char *path, struct bytes expected, const char *follows_from);

/* All files below a folder, by their paths; none where nobody can list. */
int audit_walk(const struct storefiles *files, const char *folder, struct arena *a, struct list *paths, struct err *e);

int audit_log(struct auditing *d, struct err *e);
int audit_packages(struct auditing *d, struct err *e);
int audit_index(struct auditing *d, struct err *e);

#endif
