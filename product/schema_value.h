/* SPDX-License-Identifier: Apache-2.0 */
/* Inside schema.c's family: texts, flags, numbers, sizes and times, and how all of it fails. */
#ifndef SCHEMA_VALUE_H
#define SCHEMA_VALUE_H

#include "schema.h"
#include "yaml_tree.h"

struct schema_reading {
	const char *file;
	struct arena *a;
	struct schema_places *places;
	uint32_t place_room;
	struct err *e;
};

/* Give the failure that was set its place; returns -MS_EPROJECT, which it is from now on. */
int schema_fail_at(struct schema_reading *r, int line, int column);

/* Say that the value is of another type than `expected`, and show the row's example. */
int schema_wrong_type(struct schema_reading *r, const struct schema *row, const struct node *n, const char *expected);

/* What a person calls a row's type ("a size"), and what stands in the file ("a list", "nothing"). */
const char *schema_type_name(enum schema_type type);
const char *schema_node_name(const struct node *n);

/* A number, size or time as one would write it for this row. */
char *schema_amount_text(const struct schema *row, uint32_t value, struct arena *a);

/* Read a value that is a NODE_TEXT into what the row says; a text also for an item of a list. */
int schema_read_scalar(struct schema_reading *r, const struct schema *row, const struct node *n, void *to);
int schema_read_text(struct schema_reading *r, const struct schema *row, const struct node *n, const char **out);

#endif
