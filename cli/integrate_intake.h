/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A package on its way into a product: believed or refused, then copied, and its key trusted; what was made can be taken back.
 * Of a source package: believed, built, and the package that came is what goes on; both are kept.
 */
#ifndef INTEGRATE_INTAKE_H
#define INTEGRATE_INTAKE_H

#include "archive.h"
#include "belief.h"
#include "integrate.h"
#include "source_archive.h"

struct intake {
	/* given */
	struct integrate_edit *edit;
	struct arena *arena;
	struct err *e;
	struct list trust_files;	/* public keys to believe from now on, for the package's vendor alone */
	const char *vendor_name;	/* the package's vendor as the person wrote it in full; NULL: not said */
	bool in_place;			/* copy nothing */
	const char *wanted;		/* SHA-256 of the package that has to come, as digits; NULL: whichever is believed */
	bool unwalled;			/* build a source package as if it were one's own */
	/* found */
	struct bytes content;
	struct archive_report report;
	const char *vendor, *name;	/* of the package */
	bool known;			/* its key is trusted by the product already */
	struct belief *belief;		/* by whom it was believed */
	struct source_report *source;	/* of a source package; else NULL */
	struct bytes source_content;
	const char *relative, *source_relative;	/* the package's file, as product.yaml names it; of a source package likewise, else NULL */
	const char *copy, *source_copy, *key;	/* files that were made */
};

/* All of `ms product add FILE`: believed, for the board, built if it is a source, kept, locked and written; then it is said.  What is refused changes nothing. */
int integrate_take(struct intake *d, const char *path);

/* Verify it by the keys that are given, or else by those of the product, or else by those that this person believes; its signer may sign for its vendor. */
int intake_believe(struct intake *d, const char *path);

/* Is there something in it for the product's board?  -MS_EINCOMPATIBLE. */
int intake_check_board(const struct intake *d, const char *path);

/* Build it, if it is a source package, which has to promise the package that is wanted: the report is then about the package that its developer signed.  -MS_ESIGNATURE, with what differs, when that does not come. */
int intake_build(struct intake *d, const char *path);

/* Put it where product.yaml will find it, with its source package if it came as that, and trust its key: relative and source_relative are found, with --dry-run these alone. */
int intake_keep(struct intake *d, const char *path);

/* Undo intake_keep, as far as it came. */
void intake_take_back(const struct intake *d);

#endif
