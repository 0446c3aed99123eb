/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The software bill of materials of a service: CycloneDX 1.6, JSON.  The same
 * facts give the same bytes.
 */
#ifndef SBOM_H
#define SBOM_H

#include "manifest.h"

#include "arena.h"
#include "category.h"
#include "err.h"

/* A file with its hashes: SPDX wants SHA-1, everybody else SHA-256. */
struct sbom_file {
	const char *path;
	uint8_t sha256[32], sha1[20];
	const char *targets;		/* "v7m v8m": only in these of a package's executables; NULL: in all */
	const struct sbom_file *parts;	/* of a library: the members that are in the executable */
	uint32_t part_count;
};

/* Something that is linked in. */
struct sbom_library {
	const char *name, *version;	/* "picolibc", "1.8.10" */
	const char *supplier;		/* who makes it, or NULL */
	const char *license;		/* an SPDX expression */
	const char *cpe, *purl;		/* NULL: pkg:generic/name@version */
	const struct sbom_file *files;	/* what was linked of it, one for each target */
	uint32_t file_count;
	const char *const *needs;	/* names of other libraries, NULL-terminated; may be NULL */
};

enum { SBOM_SUMMARY_MAX = 160 };	/* bytes */

struct sbom_input {
	const struct manifest *service;	/* identity and licence */
	const char *summary;		/* one line, or NULL: the description of the service */
	const char *const *categories;	/* its tags, CATEGORY_MAX at most */
	uint32_t category_count;
	const char *tool_version;	/* of ms */
	const char *compiler;		/* "arm-none-eabi-gcc 12.2.1", or NULL */
	uint64_t source_epoch;		/* 0: no timestamp */
	const struct sbom_library *libraries;
	uint32_t library_count;
	const struct sbom_file *files;	/* what the service itself was made from */
	uint32_t file_count;
};

/* Make the document's text; it has passed sbom_check. */
int sbom_make(const struct sbom_input *in, struct arena *a, struct bytes *json, struct err *e);

/* Is that one printable line of at most SBOM_SUMMARY_MAX bytes, and not empty? */
bool sbom_is_summary(struct bytes text);

/* The description of what the document is about, if it is such a line, or NULL. */
const char *sbom_summary(struct bytes json, struct arena *a);

/* Those of its tags that are words of category.h, each once, CATEGORY_MAX at most: how many; their texts in out[], the arena's. */
uint32_t sbom_categories(struct bytes json, const char *out[CATEGORY_MAX], struct arena *a);

/* What of a document must agree with a package. */
struct sbom_root { struct bytes group, name, version, license; };	/* the licence: empty when it is not said in one expression or by one id */

/*
 * Check an untrusted document: CycloneDX 1.6 JSON without duplicate keys,
 * unique bom-refs, references that lead somewhere, well-formed CPE, purl and
 * hashes.  -MS_EFORMAT with the sentence.  *root may be NULL.
 */
int sbom_check(struct bytes json, const char *path, struct arena *a, struct sbom_root *root, struct err *e);

#endif
