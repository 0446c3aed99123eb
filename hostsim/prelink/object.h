/* SPDX-License-Identifier: Apache-2.0 */
/* The symbols of a relocatable object of the host, and who refers to one. */
#ifndef OBJECT_H
#define OBJECT_H

#include "arena.h"
#include "err.h"

struct object_symbol {
	const char *name;
	bool defined, weak, thread_local_data;
};

/* All global and weak symbols of an object file, in the order of its table: struct object_symbol *. */
int object_symbols(const char *path, struct arena *a, struct list *out, struct err *e);

/* Does the list have a definition of this name? */
bool object_defines(const struct list *symbols, const char *name);

/* Likewise, and is it a weak one? */
bool object_weakly(const struct list *symbols, const char *name);

/*
 * The first place in an object that refers to a symbol; NULL and 0 where that
 * is not known.  File names are as the compiler was given them.
 */
struct object_reference { const char *function, *file; int line; };
void object_reference(const char *path, const char *symbol, struct arena *a, struct object_reference *out);

#endif
