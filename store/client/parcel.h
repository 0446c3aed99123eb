/* SPDX-License-Identifier: Apache-2.0 */
/* A package or a source package that is to go to a store: what of it will be public.  Whether it is to be believed was seen before, by ms, which knows whom this person trusts. */
#ifndef PARCEL_H
#define PARCEL_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

struct parcel {
	const char *file;
	struct bytes content;
	const char *vendor, *name, *version, *license;
	const char *sha256;		/* of the file, as digits */
	struct manifest *manifest;	/* of a source package: of the package that it must give */
	uint8_t manifest_sha256[32];
	const uint8_t *gives;		/* of a source package: the SHA-256 of the package that it must give; else NULL */
};

/* Read it.  -MS_ESIGNATURE (ERR_REFUSED) for what is neither. */
int parcel_read(const char *file, struct arena *a, struct parcel *out, struct err *e);

/* Say what will be public: who, which files, the hash.  A line each, and an event for each file. */
void parcel_show(const struct parcel *p, struct arena *a);

#endif
