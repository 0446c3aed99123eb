/* SPDX-License-Identifier: Apache-2.0 */
/* Tests and service are compiled against different C libraries: what they both see of a header must be laid out alike. */
#ifndef AGREE_H
#define AGREE_H

#include "arena.h"
#include "err.h"

/*
 * Compare the structures and unions that the debug information of a service's objects and that of tests' have of the
 * same line of the same file.  -MS_EPROJECT: some differ, each was said on stderr.  Objects without debug information agree.
 */
int agree_check(const struct list *objects, const struct list *tests, struct arena *a, struct err *e);

#endif
