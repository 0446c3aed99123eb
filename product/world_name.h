/* SPDX-License-Identifier: Apache-2.0 */
/* The names by which the rest of the world knows a piece of software: CPE 2.3 and package URL (ECMA-427). */
#ifndef WORLD_NAME_H
#define WORLD_NAME_H

#include "arena.h"

/* "cpe:2.3:a:example.org:hello:1.0.0:*:*:*:*:*:*:*"; an empty field is "*". */
char *cpe_of(struct bytes vendor, struct bytes name, struct bytes version, struct arena *a);

/* "pkg:generic/example.org/hello@1.0.0"; an empty vendor or version is left out. */
char *purl_of(struct bytes vendor, struct bytes name, struct bytes version, struct arena *a);

/* Is this a formatted CPE 2.3 name; a package URL in its canonical form? */
bool cpe_valid(const char *text);
bool purl_valid(const char *text);

#endif
