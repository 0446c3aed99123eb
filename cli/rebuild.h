/* SPDX-License-Identifier: Apache-2.0 */
/* Does the source give the very package?  For ms verify --rebuild, and ms product add of a source package. */
#ifndef REBUILD_H
#define REBUILD_H

#include "archive.h"
#include "source_archive.h"

/* Where the source is: a project's folder, or a source package, which `trust` has to believe and which must promise the package at hand. */
struct rebuild_source {
	const char *path;
	const struct believer *trust;
	bool unwalled;		/* build it without the wall of cleanroom.h */
};

/*
 * Build a source anew in a clean folder and hold the package, which has been verified, against what came: executables but for their signatures, and
 * all else that is in it.  Adds each finding to the report; -MS_ESIGNATURE when one differs, with what was built otherwise as far as it is known.
 */
int rebuild_compare(struct archive_report *package, struct bytes content, const char *path, const struct rebuild_source *source, struct arena *a, struct err *e);

/*
 * Build a source package that was verified: *package is what its developer signed, byte for byte, and believed by `trust` as a whole (*report).
 * Else -MS_ESIGNATURE, with findings in source->findings that name members, sections, symbols, flags and tools.  Then *own, unless it is NULL, is what was
 * built, signed by a key that nobody has.
 */
int rebuild_package(struct source_report *source, const char *path, const struct believer *trust, bool unwalled, struct arena *a,
		    struct bytes *package, struct archive_report *report, struct bytes *own, struct err *e);

#endif
