/* SPDX-License-Identifier: Apache-2.0 */
/* What components.c (the SDK's libraries) and components_files.c (the project's own files) share. */
#ifndef COMPONENTS_PARTS_H
#define COMPONENTS_PARTS_H

#include "components.h"
#include "linked.h"

/* What was linked, and what of it the project brought along, of each target. */
struct inventory {
	const struct components *from;
	struct list linked[MANIFEST_TARGET_MAX];	/* struct linked_part * */
	struct list others[MANIFEST_TARGET_MAX];	/* const char *, relative to the project */
};

/* A file with its hashes, called `shown`; its content in *content, which may be NULL. */
int inventory_hash(const char *path, const char *shown, struct arena *a, struct sbom_file *out, struct bytes *content, struct err *e);

/* A member of a library with its hashes.  -MS_EPROJECT when the library has no such member. */
int inventory_member(struct bytes library, const char *shown, struct bytes member, struct arena *a, struct sbom_file *out, struct err *e);

/* Is it one of these texts? */
bool inventory_has(const struct list *texts, struct bytes text);

/* What the project's own files are of which something is in an executable: *out gets files. */
int inventory_files(const struct inventory *v, struct arena *a, struct sbom_input *out, struct err *e);

#endif
