/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of rules.c. */
#ifndef RULES_PARTS_H
#define RULES_PARTS_H

#include "rules.h"

/* Why something cannot cross, and what to do. */
struct objection { const char *text, *fix; };

/* The same function as both targets see it. */
struct judging {
	struct arena *arena;
	const struct header *header;
	const char *name;		/* of the interface */
	const struct function *pc, *board;
	struct crossing *at;
};

/* May a value of this type cross?  `inside`: it is part of a struct. */
bool rules_type_fits(const struct type *pc, const struct type *board, bool inside, struct arena *a, struct objection *o);

/* Is it of the same kind on both targets?  Only then may one look at both. */
bool rules_same_kind(const struct type *pc, const struct type *board, struct arena *a, struct objection *o);

/* Bytes of a struct that belong to no member; `behind`: which one lies before them. */
struct gap { const struct type *of; const char *behind; unsigned size; };

/* The first of them in this type; false if it has none. */
bool rules_gap(const struct type *t, struct gap *out);

/* Give each parameter its role; the place of the first that can have none, or NO_PARAMETER. */
uint32_t rules_roles(struct judging *j, struct objection *o);

#endif
