/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each byte of a service is: of its image in flash, and of the RAM that it needs.  Every byte is in exactly one
 * row, so that rows add up to image_size and to image_ram_size; what no section holds (header, relocations, stack, heap,
 * rounding) has a row of its own.
 */
#ifndef SIZES_H
#define SIZES_H

#include "arena.h"
#include "board.h"
#include "err.h"
#include "image.h"

struct size_row {
	const char *section;	/* ".text", or what the image adds: "header", "relocations", "stack", "heap", "padding" */
	const char *object;	/* "src/main.c", "libc.a(printf.o)"; "(image)": of no object; "(unknown)": without a map */
	const char *symbol;	/* "main", or the section that the compiler made in brackets */
	uint32_t flash, ram;
};

/*
 * The rows of a service's executable (`path` names it in sentences) with the linker's map, which may be empty, and the header
 * of its image: a list of struct size_row *, by section, object and symbol.  -MS_EFORMAT when it is no executable.
 */
int sizes_of(struct bytes elf, const char *path, struct bytes map, const struct image *im, struct arena *a,
	     struct list *rows, struct err *e);

/* What a runtime uses of its parts of a board's flash and RAM. */
int sizes_of_runtime(struct bytes elf, const char *path, const struct board *b, uint32_t *flash, uint32_t *ram, struct err *e);

enum size_by { SIZE_BY_SECTION, SIZE_BY_OBJECT, SIZE_BY_SYMBOL };

/* What a row is called when rows are put together so. */
const char *size_row_name(const struct size_row *r, enum size_by by);

/* Are two rows the same thing, when rows are put together so?  Two variables of a name in two objects are two. */
bool size_row_same(const struct size_row *x, const struct size_row *y, enum size_by by);

/* Rows put together, the largest first; a new list. */
void sizes_sum(const struct list *rows, enum size_by by, struct arena *a, struct list *out);

#endif
