/* SPDX-License-Identifier: Apache-2.0 */
/* A package that is to go to a store: what of it will be public.  Whether it is to be believed was seen before, by ms, which knows whom this person trusts. */
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
	struct manifest *manifest;
	uint8_t manifest_sha256[32];
};

/* Read it.  -MS_EFORMAT for what is no package; a source package is refused: stores take none (-MS_EUSAGE). */
int parcel_read(const char *file, struct arena *a, struct parcel *out, struct err *e);

/* Say what will be public: who, which files, the hash.  A line each, and an event for each file. */
void parcel_show(const struct parcel *p, struct arena *a);

#endif
