/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The package container (docs/formats.md 4): a profile of ustar so narrow that
 * one file list and one epoch have exactly one byte sequence.  Of two kinds, which
 * the first member tells apart: a package of executables, and a source package.
 * Verifying signatures and hashes is the caller's.
 */
#ifndef PACKAGE_H
#define PACKAGE_H

#include "writer.h"

enum {
	PACKAGE_NAME_MAX = 100,
	PACKAGE_SIGNATURE_MAX = 8,
	PACKAGE_MEMBER_MAX = 256,
	PACKAGE_SOURCE_MAX = 1024,	/* files of a source package */
	PACKAGE_SIZE_MAX = 64 << 20,
	PACKAGE_MANIFEST_MAX = 64 << 10,
	PACKAGE_SOURCE_MANIFEST_MAX = 1 << 20,
	PACKAGE_BLOCK = 512,
};

#define PACKAGE_EPOCH_MAX UINT64_C(077777777777)	/* what eleven octal digits can say */
#define PACKAGE_MANIFEST "META/manifest.cbor"
#define PACKAGE_SOURCE_MANIFEST "META/source.cbor"
#define PACKAGE_SOURCE_FOLDER "source/"
#define PACKAGE_SBOM "META/sbom.cdx.json"

enum package_kind {
	PACKAGE_IS_MANIFEST, PACKAGE_IS_SIGNATURE, PACKAGE_IS_LICENSE, PACKAGE_IS_SBOM, PACKAGE_IS_ELF, PACKAGE_IS_HEADER, PACKAGE_IS_OVERLAY,
	PACKAGE_IS_SOURCE_MANIFEST, PACKAGE_IS_SOURCE,	/* of source packages, which have these and signatures */
	PACKAGE_KIND_COUNT
};

struct package_member {
	struct bytes name;
	struct bytes content;
	enum package_kind kind;
	uint64_t mtime;
	size_t offset;		/* of its header in the file, for messages */
};

/* Why an archive is refused; package_fault_text gives the sentence. */
enum package_fault {
	PACKAGE_OK = 0,
#define PACKAGE_FAULT(name, text) PACKAGE_##name,
#include "package_faults.def"
#undef PACKAGE_FAULT
};
const char *package_fault_text(enum package_fault fault);

struct package_iter {
	struct bytes file;
	size_t at;			/* where the next header is */
	struct bytes last_name;
	enum package_kind last_kind;
	uint32_t count;
	uint32_t kinds;			/* a bit for each kind that was there */
	uint64_t epoch;			/* of the first member; all others must have the same */
	bool is_source;			/* it is a source package; known from the first member on */
	bool ended;
	enum package_fault fault;
	size_t fault_at;		/* offset of the header that is wrong */
};

/* Borrows `file`. */
void package_iter_init(struct package_iter *it, struct bytes file);

/*
 * The next member in order; false at a clean end or a fault, which `fault`
 * tells apart.  Everything of the profile that concerns this member has been
 * checked; that none is missing or follows is known at the clean end only.
 */
bool package_next(struct package_iter *it, struct package_member *out);

/* Is this a member name the profile allows, and of which kind? */
bool package_name_kind(struct bytes name, enum package_kind *kind);

/*
 * Append one member; the caller keeps the order.  The writer fails when the
 * name is not allowed, or size or epoch do not fit.  package_end appends the
 * two zero blocks.
 */
void package_put(struct writer *w, struct bytes name, struct bytes content, uint64_t epoch);
void package_end(struct writer *w);

#endif
