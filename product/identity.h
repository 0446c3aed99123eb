/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who a service is: the fields of its manifest that follow from vendor, name
 * and version.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "arena.h"
#include "err.h"
#include "manifest.h"

/*
 * Read "MAJOR.MINOR.PATCH" or "MAJOR.MINOR.PATCH+BUILD": decimal numbers
 * without leading zeros, at most 255, 255, 65535 and 4294967295 (that is what
 * a table can hold).  -MS_EINVAL with the sentence.
 */
int identity_version(const char *text, struct table_version *out, struct err *e);
int identity_check_version(const char *text, struct err *e);	/* for a row of a schema */

/*
 * Fill name, version, both UUIDs and the ABI of *m, which was zeroed or filled
 * otherwise before.  `vendor` and `name` must pass the checks of name.h.
 * Everything is copied to the arena.
 */
int identity_set(struct manifest *m, const char *vendor, const char *name, const char *version,
		 struct arena *a, struct err *e);

/* Do *m's name, version text, version and UUIDs agree with each other and with the rules above? */
bool identity_consistent(const struct manifest *m, struct arena *a);

/* The parts of "vendor/name"; either is empty when there is no '/'. */
struct bytes identity_vendor(const struct manifest *m);
struct bytes identity_name(const struct manifest *m);

#endif
