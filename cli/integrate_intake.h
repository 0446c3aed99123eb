/* SPDX-License-Identifier: Apache-2.0 */
/* A package on its way into a product: believed or refused, then copied, and its key trusted; what was made can be taken back. */
#ifndef INTEGRATE_INTAKE_H
#define INTEGRATE_INTAKE_H

#include "archive.h"
#include "integrate.h"

struct intake {
	/* given */
	struct integrate_edit *edit;
	struct arena *arena;
	struct err *e;
	struct list trust_files;	/* public keys to believe from now on, for the package's vendor alone */
	const char *vendor_name;	/* the package's vendor as the person wrote it in full; NULL: not said */
	bool in_place;			/* copy nothing */
	/* found */
	struct bytes content;
	struct archive_report report;
	const char *vendor, *name;	/* of the package */
	bool known;			/* its key is trusted by the product already */
	const char *copy, *key;		/* files that were made */
};

/* Verify it by the keys that are given, or else by those of the product, or else by those that this person believes; its signer may sign for its vendor. */
int intake_believe(struct intake *d, const char *path);

/* Is there something in it for the product's board?  -MS_EINCOMPATIBLE. */
int intake_check_board(const struct intake *d, const char *path);

/* Put it where product.yaml will find it, `relative` to the product's folder, and trust its key. */
int intake_keep(struct intake *d, const char *path, const char **relative);

/* Undo intake_keep, as far as it came. */
void intake_take_back(const struct intake *d);

#endif
