/* SPDX-License-Identifier: Apache-2.0 */
/* ms verify --rebuild: does the source give the very executables of a package? */
#ifndef REBUILD_H
#define REBUILD_H

#include "archive.h"

/*
 * Build a project anew in a clean folder and hold each executable of the
 * package, which has been verified, against what came: all bytes but those of
 * the signature.  Adds each finding to the report; -MS_ESIGNATURE when one differs, with
 * what was built otherwise as far as it is known.
 */
int rebuild_compare(struct archive_report *package, const char *path, const char *source, struct arena *a, struct err *e);

#endif
