/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates: whole projects in the SDK's folder templates/, each of which
 * builds and passes its own tests as it stands.  A copy differs by two words:
 * the service's name, which is "hello" in every template, and the vendor,
 * which is "example.org".
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "arena.h"
#include "err.h"

struct template_copy {
	const char *from;		/* folder of the template */
	const char *name, *vendor;	/* the new project's */
	const char *const *only;	/* what of the template's own folder is copied, NULL-terminated; NULL: all */
	/* What is added to the copy before it gets its name; NULL: nothing. */
	int (*add)(const char *folder, const void *context, struct arena *a, struct list *files, struct err *e);
	const void *context;
};

/*
 * Make the project as the new folder `to`: whole or not at all, also when
 * we are killed on the way.  -MS_EEXIST if something of that name is there;
 * then nothing was touched.  `files` is filled with the paths of what was
 * made, relative to `to`, sorted.
 */
int template_make(const struct template_copy *c, const char *to, struct arena *a, struct list *files, struct err *e);

/* The text with the two words replaced where they stand as whole words. */
struct bytes template_fill(const struct template_copy *c, struct bytes text, struct arena *a);

#endif
