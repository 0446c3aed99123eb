/* SPDX-License-Identifier: Apache-2.0 */
/* How a package was built, as its manifest says it; and by which of that two builds of one source differ. */
#ifndef BUILDFACTS_H
#define BUILDFACTS_H

#include "buildfile.h"

/*
 * The facts of a build: SDK, compiler, linker, and every word that these are told, but for paths of this
 * computer, which are named after what is there.  -MS_ETOOL, -MS_EPROJECT.
 */
int buildfacts_find(const struct buildfile *b, const char *sdk_version, struct arena *a, struct manifest_build *out, struct err *e);

/* By what did the build of `then` for a target differ from that of `now`?  Sentences (const char *), the tools first. */
void buildfacts_compare(const struct manifest *then, const struct manifest *now, uint8_t target, struct arena *a, struct list *sentences);

/* The words of a list (struct manifest_build), as texts. */
void buildfacts_words(struct bytes words, struct arena *a, struct list *out);

#endif
