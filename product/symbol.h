/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an address to function, file and line, by the symbol table and DWARF
 * of an ELF file that was not stripped (a service's debug file, or a runtime).
 */
#ifndef SYMBOL_H
#define SYMBOL_H

#include "arena.h"
#include "err.h"

struct symbols;		/* an open file; ended by symbols_close */

struct symbol_place {
	const char *function;	/* innermost, inlined ones included; or the variable; NULL when unknown */
	bool is_data;		/* `function` is a variable, and file and line are where it is declared */
	uint32_t offset;	/* of the address in the symbol that holds it */
	const char *file;	/* as the compiler recorded it, or NULL */
	int line, column;	/* from 1; 0 when unknown */
	const char *inlined_into;	/* the function whose code this is, when `function` was inlined; else NULL */
	const char *unit;	/* the source file that was compiled, or NULL */
};

/* Open a file with symbols.  -MS_EFORMAT when it is no ELF file.  Without debug information only names are known. */
int symbols_open(const char *path, struct arena *a, struct symbols **out, struct err *e);

/* The same for a file in memory, which must outlive it; `path` is for sentences. */
int symbols_of(struct bytes raw, const char *path, struct arena *a, struct symbols **out, struct err *e);

void symbols_close(struct symbols *s);	/* NULL is fine */

/*
 * What lies at an address as it was linked (a service's text starts at
 * MS_LINK_TEXT, so an offset in text is found at MS_LINK_TEXT + offset; a
 * runtime is linked where it runs).  The Thumb bit is ignored.  For a return
 * address look up one byte less.  false when nothing is known about it.
 * Names live as long as the file is open.
 */
bool symbols_find(const struct symbols *s, uint32_t address, struct symbol_place *out);

/* "function at file:line", or as much of it as is known. */
const char *symbol_place_text(const struct symbol_place *p, struct arena *a);

/* Where its executable code begins, as it was linked; UINT32_MAX when it has none. */
uint32_t symbols_text_base(const struct symbols *s);

/* The build-id of the file, 20 bytes, or empty: does this debug file belong to that executable? */
struct bytes symbols_build_id(const struct symbols *s);

#endif
