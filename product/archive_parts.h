/* SPDX-License-Identifier: Apache-2.0 */
/* What making and verifying a package share. */
#ifndef ARCHIVE_PARTS_H
#define ARCHIVE_PARTS_H

#include "executable.h"
#include "package.h"

/* The members behind the signatures, in their order: rows of the manifest, and what they stand for. */
struct archive_parts {
	struct manifest_member row[MANIFEST_MEMBER_MAX];
	struct bytes content[MANIFEST_MEMBER_MAX];
	uint32_t count;
};

struct archive_signature { uint8_t block[COSE_BLOCK_SIZE]; uint8_t kid[COSE_KID_SIZE]; };

/* Put the parts' rows into *m, encode it, and sign it. */
int archive_manifest(struct manifest *m, const struct archive_parts *p, const struct key *k, struct arena *a,
		     struct bytes *manifest, struct archive_signature *own, struct err *e);

/* Write the archive: manifest, signatures in the order given, parts.  -MS_EFBIG when it is too large. */
int archive_write(struct bytes manifest, const struct archive_signature *sigs, uint32_t sig_count,
		  const struct archive_parts *p, uint64_t epoch, struct arena *a, struct bytes *out, struct err *e);

/* What a package's manifest says about an ELF file, taken from the file. */
struct archive_elf_facts {
	uint8_t build_id[20];
	uint8_t image_sha256[32];
};

/*
 * Do an ELF file's notes agree with each other and with the manifest, for this
 * target?  -MS_EFORMAT or -MS_EINCOMPATIBLE with the sentence.
 */
int archive_elf_facts(const struct elf_file *f, const char *path, const struct manifest *m, uint8_t target,
		      struct arena *a, struct archive_elf_facts *out, struct err *e);

#endif
