/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A C header as libclang understands it, in a model of our own: functions with their parameters, types, comments.
 *
 * The model says what stands there, for one target; what of it may cross to another service is rules.h's to say.
 * Nothing else of this folder knows libclang.  All of it lives in the arena that header_read was given.
 */
#ifndef HEADER_H
#define HEADER_H

#include "arena.h"
#include "err.h"

enum type_kind {
	TYPE_VOID, TYPE_BOOL, TYPE_CHAR, TYPE_INTEGER, TYPE_FLOAT, TYPE_ENUM, TYPE_STRUCT, TYPE_UNION,
	TYPE_POINTER, TYPE_ARRAY, TYPE_FUNCTION, TYPE_OTHER,
};

struct enumerator { const char *name; int64_t value; };
struct enumeration { struct enumerator *at; uint32_t count; };

struct type {
	enum type_kind kind;		/* of what stands behind typedefs */
	const char *words;		/* as C writes it, "const uint8_t *" */
	const char *name;		/* without qualifiers: "uint8_t" */
	bool is_const, is_volatile, is_signed;
	uint64_t size, align;		/* bytes on the target; 0: incomplete */
	uint64_t count;			/* of an array; 0: without a bound */
	const struct type *to;		/* of a pointer or an array */
	const struct record *record;	/* of a struct or union that is complete */
	const struct enumeration *enumeration;
};

struct place { int line, column; };	/* in the header itself */

struct member { const char *name; const struct type *type; uint64_t offset; bool bits; };	/* bytes; a bit-field */
struct record { struct member *at; uint32_t count; bool whole; };	/* whole: all members are known */

struct parameter {
	const char *name;		/* NULL: it has none */
	const struct type *type;
	struct place place;
	const char *marks;		/* what <ms/interface.h> put on it: "max 64;count n_words;"; "" none */
};

struct function {
	const char *name;
	const char *comment;		/* what precedes it, without the comment's own signs; "" none */
	const struct type *result;
	struct parameter *at;
	uint32_t count;
	bool variadic, unprototyped, endless, local;	/* endless: it never returns; local: static or with a body, which is not called from elsewhere */
	struct place place;
};

/* What stands in a header beside functions: a macro with arguments, a variable. */
struct other { const char *name; struct place place; bool macro; };

struct constant { const char *name; int64_t value; };

struct header {
	const char *path;		/* as it was named */
	const char *comment;		/* the first, which tells of the whole; "" none */
	struct list functions;		/* struct function *, as they stand there, each once */
	struct list others;		/* struct other * */
	struct list tags;		/* const char *: of structs, everywhere */
	struct list constants;		/* struct constant *: of enums everywhere and of plain macros of the header */
	struct list files;		/* const char *: all that it includes, as libclang found them */
	bool short_enums;
};

/* For what target a header is read: "PC" and "board" in sentences. */
struct reading {
	const char *target;
	const char *const *words;	/* for libclang */
	int word_count;
};

/* -MS_EPROJECT with file, line and column for what no compiler would take; -MS_ENOENT and so on as file_read. */
int header_read(const char *path, const struct reading *r, struct arena *a, struct header *out, struct err *e);

/* The value of a name among the constants; false if there is none. */
bool header_constant(const struct header *h, const char *name, int64_t *value);

#endif
