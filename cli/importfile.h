/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a C file of somebody's says of itself, as far as its words tell: which
 * functions and macros it defines, what it calls and includes, where its main is.
 *
 * What another compiler or system alone would see ("#ifdef _WIN32") is left out.
 * Other conditions are not computed: of such both sides count.
 */
#ifndef IMPORTFILE_H
#define IMPORTFILE_H

#include "arena.h"

enum import_kind { IMPORT_C, IMPORT_HEADER, IMPORT_ASSEMBLY, IMPORT_CXX, IMPORT_LICENCE, IMPORT_OTHER };
enum import_fate { IMPORT_LEFT, IMPORT_TAKEN, IMPORT_BUILT };	/* left out; copied; copied and compiled */

enum import_word_kind {
	WORD_CALL,		/* of this function, or of a macro that looks like one */
	WORD_NAME,		/* a name that is told about (importwords.def) */
	WORD_INCLUDE, WORD_INCLUDE_QUOTED,
	WORD_ASSEMBLY,		/* asm in C */
	WORD_ADDRESS,		/* a number that is used as the address of a register */
};

struct import_word { enum import_word_kind kind; const char *name; int line, column; };

struct import_file {
	const char *path;		/* relative to the folder that is imported */
	enum import_kind kind;
	enum import_fate fate;
	const char *why;		/* it is left out, when that is worth saying; NULL: it is not */
	struct bytes text;		/* of C and headers */
	struct list functions;		/* struct import_word: those that it defines and others can call */
	struct list own;		/* texts: static functions, macros */
	struct list words;		/* struct import_word, each name of a kind once, where it is first */
	int main_line;			/* 0: no main */
	bool main_has_arguments;
	const char *licence;		/* behind SPDX-License-Identifier; NULL: not said */
};

/* Read the text of `f`, which is there. */
void importfile_read(struct import_file *f, struct arena *a);

/* What kind of file this is, by its name. */
enum import_kind importfile_kind(const char *path);

#endif
