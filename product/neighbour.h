/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Projects that stand beside a project, in the same folder: from them comes
 * what its requests leave open (the sid and version of what it names only); or
 * from copies of them in its own folder vendor/, each under the name of its folder.
 */
#ifndef NEIGHBOUR_H
#define NEIGHBOUR_H

#include "project.h"

/*
 * Complete p->calls, as dependency_policy says; what came from whom is put on `dependencies` (struct dependency *).  A copy in
 * vendor/ goes before the neighbour.  -MS_EPROJECT when nobody has what is named; a weak one is then left out.
 */
int neighbour_resolve(struct project *p, const char *sdk_version, struct arena *a, struct list *dependencies, struct err *e);

/* Those of them that can be read, p itself left out, by name of their folders: struct project *. */
int neighbour_list(const struct project *p, const char *sdk_version, struct arena *a, struct list *out, struct err *e);

#endif
