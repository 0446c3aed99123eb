/* SPDX-License-Identifier: Apache-2.0 */
/* The signatures of a package or a source package, and who of those who made them is believed. */
#ifndef ARCHIVE_SIGNING_H
#define ARCHIVE_SIGNING_H

#include "archive.h"

struct archive_signing {
	const char *path;		/* of the file, for sentences */
	const char *kind;		/* COSE_KIND_... */
	int refused;			/* the row of err_codes.def for what is refused, or -MS_ESIGNATURE */
	const struct believer *trust;
	struct arena *a;
	struct err *e;
	struct findings *findings;
	struct archive_signer *signers;	/* PACKAGE_SIGNATURE_MAX of them */
	uint32_t *count;
	uint32_t mask;			/* signers that are trusted and signed all there is so far */
};

/* Note what was found good; MS_OK. */
int signing_good(const struct archive_signing *s, const char *what, const char *text);

/* Note what was found wrong, and refuse with that sentence; -MS_EINCOMPATIBLE is kept as such. */
int signing_refuse(const struct archive_signing *s, const char *what, int code, const char *text);

/* Refuse for what the walk over the members fell on. */
int signing_refuse_container(const struct archive_signing *s, const struct package_iter *it);

/*
 * The signatures that follow the manifest: a key that is not known decides nothing, a wrong one by a known key is an attack, and one at least is believed.  Then *next is the member behind them; *has_next is
 * false when there is none.
 */
int signing_members(struct archive_signing *s, struct package_iter *it, struct bytes manifest, struct package_member *next, bool *has_next);

/* Which of those may sign for the vendor of what the manifest names?  One at least. */
int signing_vendor(struct archive_signing *s, const struct manifest *m);

/* The first that is trusted, and signed all; NULL: nobody. */
const struct archive_signer *signing_by(const struct archive_signing *s);

#endif
