/* SPDX-License-Identifier: Apache-2.0 */
/* Source packages: made from a project and the package that it gives, and believed only step by step (docs/formats.md 4). */
#ifndef SOURCE_ARCHIVE_H
#define SOURCE_ARCHIVE_H

#include "archive.h"
#include "leaf.h"
#include "source_manifest.h"
#include "source_tree.h"

/*
 * Make the source package of a package, which was verified and built from these files (struct source_tree_file *, sorted), signed
 * by the key that signed the package.  What was made has passed source_verify.  -MS_EPROJECT when it would be too large.
 */
int source_build(struct bytes package, const struct list *files, const struct key *k, struct arena *a, struct bytes *out, struct err *e);

struct source_report {
	struct findings findings;
	struct archive_signer signers[PACKAGE_SIGNATURE_MAX];
	uint32_t signer_count;
	const struct archive_signer *signer;	/* the trusted one that signed sources and package, once all was found good */
	struct source_manifest *source;		/* only after its signature was found good */
	struct manifest *manifest;		/* of the package that it must give */
	struct list files;			/* struct source_tree_file *; paths as in the project */
	uint8_t manifest_sha256[32];		/* of its own first member */
};

/*
 * Verify a whole source package, before anything of it is unpacked or built.  MS_OK, or the first failure: -MS_ESIGNATURE
 * (refused), -MS_EINCOMPATIBLE.  *out is filled as far as was checked, also on failure; it borrows from `package`.
 */
int source_verify(struct bytes package, const char *path, const struct believer *trust, struct arena *a, struct source_report *out, struct err *e);

/*
 * Does a source package that was found good promise the package which that entry of a log publishes?  NULL, or what of it is another: "another
 * version".
 */
const char *source_contradiction(const struct source_report *r, const struct leaf *publish);

/* Is it a source package?  By its first member's name alone. */
bool source_is(struct bytes package);

#endif
