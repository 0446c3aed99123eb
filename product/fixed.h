/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fixed mode (docs/build.md): a service whose code cannot be position independent.
 *
 * Its executable is linked as if it lay at the addresses of every executable, so that all that is checked and counted there is
 * checked and counted; and it carries in a section of its own the one object that it was linked from, which no image takes over.
 * That object is linked again for the place that a product gives the service.  Only values of addresses may differ.
 */
#ifndef FIXED_H
#define FIXED_H

#include "arena.h"
#include "err.h"
#include "image.h"

#define FIXED_SECTION ".ms.fixed"
#define FIXED_LINKER "arm-none-eabi-ld"
#define FIXED_SCRIPT "lib/fixed.ld"	/* in the SDK */

/* Text base and data base (docs/abi.md). */
struct fixed_place { uint32_t text, data; };

/* What links the object, but for "-o" and files: const char *.  `script` is the SDK's fixed.ld; `at` NULL: as every executable is linked. */
void fixed_words(const char *script, uint32_t stack_size, uint32_t heap_size, const struct fixed_place *at, struct arena *a, struct list *words);

/* The object in a fixed executable; empty: there is none. */
struct bytes fixed_object(struct bytes elf);

/*
 * The image of a fixed executable that has been found good, for one place.  `name` is for sentences; *nominal, which may be NULL,
 * becomes the image of the executable as it is.  -MS_EINCOMPATIBLE when the linker refuses, makes another layout than the
 * developer's did, or something else of the very executable.
 */
int fixed_link(struct bytes elf, const char *name, const char *script, const struct fixed_place *at, struct arena *a,
	       struct bytes *image, struct bytes *nominal, struct err *e);

/* Can it be linked for any place?  As far as one shows that has other bits in all addresses. */
int fixed_check(struct bytes elf, const char *name, const char *script, struct arena *a, struct err *e);

#endif
