/* SPDX-License-Identifier: Apache-2.0 */
/* ms add in the folder of a service: of a package that came from a store, what a client of it needs goes to vendor/, as `ms vendor` has it of a neighbour. */
#ifndef ADDSERVICE_H
#define ADDSERVICE_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

/*
 * Believe the package, by this person's keys and by `trust` (a file; NULL: none), and put its interfaces into vendor/NAME of the project here: a ms.yaml
 * that says what it provides, its headers, its licence.  Says what is left to do.  -MS_ESIGNATURE when it is not to be believed, with *unknown if that is for a
 * key that nobody here knows; -MS_EPROJECT when it provides nothing, or vendor/NAME is of another vendor.
 */
int addservice_take(const char *package, const char *trust, bool *unknown, struct arena *a, struct err *e);

#endif
