/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outline of an executable: its sections and what lies in them, each by its
 * size and a digest.  A source package has those of the package that it must
 * give, so that it can be said what is other in one that was built elsewhere.
 */
#ifndef OUTLINE_H
#define OUTLINE_H

#include "arena.h"
#include "source_manifest.h"

/*
 * Put the rows of an executable, whose signature has been overwritten, at *count of `rows`, sections in the file's order and
 * behind each its functions and variables by address; as many as fit below `most`.
 */
void outline_make(struct bytes elf, struct source_outline *rows, uint32_t *count, uint32_t most, struct arena *a);

/* What two outlines differ in, as sentences (const char *), a section each. */
void outline_compare(const struct source_outline *then, uint32_t then_count, const struct source_outline *now, uint32_t now_count,
		     struct arena *a, struct list *sentences);

#endif
