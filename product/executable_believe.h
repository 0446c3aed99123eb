/* SPDX-License-Identifier: Apache-2.0 */
/* Believing an executable by itself: who signed it, and does it say one thing only. */
#ifndef EXECUTABLE_BELIEVE_H
#define EXECUTABLE_BELIEVE_H

#include "believe.h"
#include "executable.h"

struct executable_report {
	struct findings findings;
	struct elf_file elf;
	struct manifest meta;		/* once the notes were found to agree */
	uint8_t kid[COSE_KID_SIZE];	/* of the signature; zeros when unsigned */
	bool known;
	struct believed by;		/* when known */
	uint8_t image_sha256[32];
};

/*
 * Verify a signed executable: its form, its signature by a key that is
 * believed for its vendor, its notes, its image.  MS_OK, -MS_ESIGNATURE or
 * -MS_EINCOMPATIBLE.  *out is filled as far as was checked; it borrows from raw.
 */
int executable_believe(struct bytes raw, const char *path, const struct believer *by, struct arena *a,
		       struct executable_report *out, struct err *e);

#endif
