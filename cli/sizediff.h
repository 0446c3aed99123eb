/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a service's bytes since another build: of a file that `ms size --json` wrote, another project, or a package. */
#ifndef SIZEDIFF_H
#define SIZEDIFF_H

#include "sizeview.h"

/* Rows of what `ms size --json` wrote: a list of struct size_service *, of which only `rows` and `name` are known. */
int sizediff_read(const char *path, struct arena *a, struct list *out, struct err *e);
int sizediff_parse(struct bytes text, const char *path, struct arena *a, struct list *out, struct err *e);	/* `path` for sentences */

/* Each row that differs, by how many bytes; what grew most first. */
void sizediff_show(const struct list *before, const struct list *now, enum size_by by, uint32_t top, struct arena *a);

#endif
