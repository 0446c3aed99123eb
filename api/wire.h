/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form of messages: which items a function's call brings and takes, in which order, and as which types.
 *
 * All have a fixed width and lie at multiples of their size without gaps, so that a message is the same bytes on the PC and on every
 * board.  One item is sent as it is; several are a struct, the largest first.
 */
#ifndef WIRE_H
#define WIRE_H

#include "rules.h"

/* One of them; the crossing is NULL for the function's result. */
struct item {
	const struct crossing *crossing;
	const char *name;		/* of the struct's member */
	const struct type *type;
	const char *wire;		/* the type that crosses, "uint32_t" */
	uint64_t count;			/* of an array's elements; 0: it is none */
	const char *bounds;		/* "[2][3]"; "" */
	bool plain;			/* the same bytes as in C: no conversion */
};

struct items { struct item *at; uint32_t count; uint64_t size, padding; };	/* padding: bytes at the end that have no meaning */

/* Those that go in, or those that come out. */
struct items wire_items(const struct call *c, bool out, struct arena *a);

/* "struct adder_add_in". */
const char *wire_struct(const struct call *c, bool out, struct arena *a);

/* A declaration: "int32_t a", "const uint8_t key[16]", "struct point *to". */
const char *wire_declare(const struct type *t, const char *name, struct arena *a);

/* The function's prototype with the names that generated code has. */
const char *wire_prototype(const struct call *c, struct arena *a);

/* The same of another name: "(*instead)" makes a pointer to such a function. */
const char *wire_function(const struct call *c, const char *name, struct arena *a);

/* "a, b, sum", to call another one with its own parameters. */
const char *wire_arguments(const struct call *c, struct arena *a);

/* The bytes of an element of data: 1 for void. */
uint64_t wire_element_size(const struct crossing *c);

/* " * sizeof(*data)", which makes bytes of a number of elements; "" where they are bytes. */
const char *wire_times(const struct crossing *data, struct arena *a);

/* The parameter that is told how much there is of data that comes back; NULL: always all that there is room for. */
const struct crossing *wire_used(const struct call *c, const struct crossing *data);

/* Begin a file that generated code is written to. */
void wire_begin(struct text *t, const struct contract *k, const char *what, struct arena *a);

#endif
