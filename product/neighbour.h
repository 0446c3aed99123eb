/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Projects that stand beside a project, in the same folder: from them comes
 * what its requests leave open (the sid and version of what it names only).
 */
#ifndef NEIGHBOUR_H
#define NEIGHBOUR_H

#include "project.h"

/* Complete p->calls.  -MS_EPROJECT when no neighbour has what is named, or two have; a weak one is then left out. */
int neighbour_resolve(struct project *p, const char *sdk_version, struct arena *a, struct err *e);

/* Those of them that can be read, p itself left out, by name of their folders: struct project *. */
int neighbour_list(const struct project *p, const char *sdk_version, struct arena *a, struct list *out, struct err *e);

#endif
