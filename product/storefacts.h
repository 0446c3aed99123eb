/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store's index says of a package that can be taken: enough to know, before any of it is fetched, what it asks for and whether it
 * fits (fit.h).  Written from the package itself; who reads it believes it for as long as the package is not there.
 */
#ifndef STOREFACTS_H
#define STOREFACTS_H

#include <jansson.h>

#include "archive.h"
#include "category.h"

struct storefacts {
	struct manifest manifest;	/* without what only packages have, but for the licence and all targets */
	struct storefacts_target {
		const char *image;	/* SHA-256, hexadecimal */
		uint32_t flash, ram;	/* bytes */
		bool fpu;		/* it needs one */
	} target[MANIFEST_TARGET_MAX];	/* of manifest.targets */
	struct overlay overlays[ARCHIVE_OVERLAY_MAX];	/* of the device tree */
	uint32_t overlay_count;
	const char *summary;		/* what it does, in one line for people; NULL where its package says none */
	const char *categories[CATEGORY_MAX];
	uint32_t category_count;
};

/* As a JSON object: of a manifest, of one target or more of it (manifest->targets), and of overlays. */
json_t *storefacts_json(const struct storefacts *f, struct arena *a);

/*
 * The members of a JSON object, without its braces: ABI, licence, memory, targets, what it provides, calls and asks for.  Of a package that was
 * verified, or that is going to be.  -MS_EFORMAT (ERR_STORE_DIFFERS) for what is none.
 */
int storefacts_write(struct bytes package, struct arena *a, struct bytes *members, struct err *e);

/* Read them from an object that may have other members, too; `vendor`, `name` and `version` are whose.  -MS_EFORMAT (ERR_STORE_DIFFERS) naming what is not as written above. */
int storefacts_read(const json_t *o, const char *vendor, const char *name, const char *version, struct arena *a, struct storefacts *out, struct err *e);

#endif
