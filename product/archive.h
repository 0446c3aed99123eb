/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The package: made from its parts, and believed only step by step
 * (docs/formats.md 4).
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include "believe.h"
#include "err.h"
#include "manifest.h"
#include "overlay.h"
#include "package.h"

enum { ARCHIVE_OVERLAY_MAX = 8 };

/* One file of a package: `name` without its folder ("hello.h", "Apache-2.0.txt"). */
struct archive_file { const char *name; struct bytes content; };

struct archive_input {
	const struct manifest *service;	/* identity, counter, memory, requests, targets, licence, source epoch */
	struct bytes elf[MANIFEST_TARGET_MAX];	/* signed, one for each of the service's targets, in their order */
	struct bytes sbom;
	const struct archive_file *headers, *licenses, *overlays;	/* overlays: compiled ("uart.dtbo") */
	uint32_t header_count, license_count, overlay_count;
};

/*
 * The time that stands in packages: SOURCE_DATE_EPOCH if that is set, else 0.
 * Nothing of a build's own circumstances, so that the same sources give the
 * same bytes.  -MS_EINVAL when it is set to something that is no number.
 */
int archive_epoch(uint64_t *epoch, struct err *e);

/*
 * Make a package signed by the developer's key; each ELF file must be signed
 * by it already.  What was made has passed archive_verify.  -MS_EINVAL for a
 * file name that a package cannot hold, -MS_EFBIG above 64 MiB.
 */
int archive_build(const struct archive_input *in, const struct key *k, struct arena *a, struct bytes *package, struct err *e);

/*
 * Sign a package that `trust` believes; nobody should sign another.
 *
 * `anew` false: add a signature by the key, or replace the key's own, and
 * change nothing else.  Who verifies must then still trust the key that signed
 * the ELF files.  `anew` true: the key signs the ELF files and the manifest, and
 * its signature is the only one: what a release key does to a developer's build.
 */
int archive_sign(struct bytes package, const char *path, const struct believer *trust, const struct key *k, bool anew,
		 struct arena *a, struct bytes *out, struct err *e);

struct archive_signer {
	uint8_t kid[COSE_KID_SIZE];
	bool known, good;
	struct believed by;	/* when known */
};

struct archive_report {
	struct findings findings;
	struct archive_signer signers[PACKAGE_SIGNATURE_MAX];
	uint32_t signer_count;
	const struct archive_signer *signer;	/* the trusted one that signed manifest and ELF files, once all was found good */
	struct manifest *manifest;		/* only after its signature was found good */
	struct bytes elf[MANIFEST_TARGET_MAX];	/* of each target, once its hash was found good */
	struct bytes sbom;			/* once all was found good */
	struct overlay overlays[ARCHIVE_OVERLAY_MAX];	/* of the device tree of boards: devtree.h */
	uint32_t overlay_count;
	uint8_t manifest_sha256[32];		/* what identifies the package: signatures may be added, and have twins */
};

/*
 * Verify a whole package in the order of docs/formats.md 4.  MS_OK, or the
 * first failure: -MS_ESIGNATURE (refused, whatever the reason but the next),
 * -MS_EINCOMPATIBLE (made for another format or ABI).  *out is filled as far
 * as was checked, also on failure; it borrows from `package`.
 */
int archive_verify(struct bytes package, const char *path, const struct believer *trust, struct arena *a,
		   struct archive_report *out, struct err *e);

#endif
