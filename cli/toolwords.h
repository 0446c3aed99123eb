/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What compilers and linkers say, read line by line for the first thing that
 * went wrong.  What is not understood is no failure: the words themselves
 * have been shown.
 */
#ifndef TOOLWORDS_H
#define TOOLWORDS_H

#include "arena.h"
#include "err.h"

enum toolwords_kind {
	TOOLWORDS_NOTHING,
	TOOLWORDS_ERROR,	/* of the compiler, at a place */
	TOOLWORDS_HEADER,	/* a header that is not there: `subject` */
	TOOLWORDS_OPTION,	/* an option that the compiler does not know: `subject` */
	TOOLWORDS_FRAME,	/* a function whose stack frame is too large */
	TOOLWORDS_LAYOUT,	/* a structure that is laid out otherwise in a test: `subject` */
	TOOLWORDS_UNDEFINED,	/* a symbol that nobody defines: `subject` */
	TOOLWORDS_TWICE,	/* a symbol that is defined twice: `subject` */
	TOOLWORDS_DISK_FULL,
};

/* Where it is wrong, as the tool says it: below the folder it works in.  `file` is NULL for nowhere. */
struct toolwords_place {
	const char *file;
	int line, column;
};

struct toolwords_diagnostic {
	const char *severity, *text;	/* "error", "warning" or "note" */
	struct toolwords_place place;
};

struct toolwords {
	enum toolwords_kind kind;	/* the first that was found */
	uint32_t errors;		/* how many lines said "error" */
	const char *subject, *function;	/* or NULL; from the arena */
	struct toolwords_place place;
	bool elsewhere;		/* the place is in a library, whose sources nobody here has */
	const char *in_function;	/* the linker names it a line before */
	bool in_library;
	const char *in_member;	/* of a library of the project: "vendor/librot.a(rot.o)", or NULL */
	const char *member;	/* likewise, of the first error */
	const char *words;	/* of the first error */
};

/* One more line. */
void toolwords_read(struct toolwords *w, const char *line, struct arena *a);

/* Is a line "FILE:LINE:COLUMN: error: TEXT" or alike? */
bool toolwords_diagnostic(const char *line, struct toolwords_diagnostic *d, struct arena *a);

/* A line as it is shown: without the folder that the linker was found in; NULL for one that says nothing. */
const char *toolwords_shown(const char *line);

/* What words.def has to say about a line of a compiler, linker or emulator; NULL for nothing. */
const char *toolwords_hint(const char *line);

/* What to do without a function or a header that a service does not have; NULL: nothing is known of it. */
const char *toolwords_instead(const char *name);

/* Say why `output` could not be made. */
int toolwords_err(const struct toolwords *w, const char *output, struct arena *a, struct err *e);

#endif
