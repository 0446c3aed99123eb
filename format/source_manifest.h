/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The manifest of a source package (docs/formats.md 4): which files, and which
 * package they must give, down to the last byte.  What no build can make, the
 * signatures, is in it.
 */
#ifndef SOURCE_MANIFEST_H
#define SOURCE_MANIFEST_H

#include "manifest.h"
#include "package.h"

enum { SOURCE_OUTLINE_MAX = 4096 };	/* rows, of all targets together */

struct source_file { struct bytes path; uint64_t size; const uint8_t *sha256; };

/*
 * A section of an executable, or behind it a function or variable in it: by
 * these is said what differs, where all that is at hand of one executable is its hash.
 */
struct source_outline { struct bytes name; uint32_t size; const uint8_t *digest; bool is_section; };

enum { SOURCE_DIGEST_SIZE = 8 };	/* the first bytes of the SHA-256 of what it holds; told apart, not believed */

struct source_manifest {
	struct bytes package;			/* the manifest of the package, as it is there */
	const uint8_t *signatures[PACKAGE_SIGNATURE_MAX];	/* over it, 96 bytes each, ascending by kid */
	uint32_t signature_count;
	const uint8_t *image_signature[MANIFEST_TARGET_MAX];	/* 96 bytes each, of the executable of each target */
	const uint8_t *sha256;			/* of the whole package, 32 bytes */
	struct source_file files[PACKAGE_SOURCE_MAX];
	uint32_t file_count;
	struct source_outline outline[SOURCE_OUTLINE_MAX];	/* those of the first target first */
	uint32_t outline_end[MANIFEST_TARGET_MAX];
	uint32_t target_count;			/* as many as the package has */
};

/*
 * Decode and check: MS_OK, -MS_EFORMAT, or -MS_EINCOMPATIBLE (format).  *out
 * borrows from `in`; on failure its lists are empty.  What the package's manifest
 * says is the caller's to read.
 */
int source_manifest_decode(struct bytes in, struct source_manifest *out);

/* Write it; what is written is what was given. */
void source_manifest_encode(const struct source_manifest *m, struct writer *w);

#endif
