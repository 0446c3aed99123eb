/* SPDX-License-Identifier: Apache-2.0 */
/* The project of `ms new --import`: what import.h has read, as files; and the list of what there is to know. */
#ifndef NEWIMPORT_H
#define NEWIMPORT_H

#include "import.h"

struct newimport {
	const char *name, *vendor;	/* of the project */
	struct import import;
};

/* Read the folder; `to` is the new project, which must not come to lie in it. */
int newimport_read(const char *folder, const char *to, struct arena *a, struct newimport *out, struct err *e);

/* Write the project into `folder`, which is a template's `add` (template.h); `context` is a struct newimport. */
int newimport_add(const char *folder, const void *context, struct arena *a, struct list *files, struct err *e);

/* Print what was taken and what there is to know, a line for each place of the project. */
void newimport_report(const struct newimport *n, struct arena *a);

#endif
