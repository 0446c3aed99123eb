/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A YAML file as a tree of maps, lists and texts, with the place of each.
 * Nothing is guessed about types: `yes`, `1.0` and `~` are texts here.
 */
#ifndef YAML_TREE_H
#define YAML_TREE_H

#include "arena.h"
#include "err.h"

enum {
	YAML_SIZE_MAX = 64 << 10,	/* bytes of a file */
	YAML_DEPTH_MAX = 8,		/* maps and lists inside one another */
	YAML_NODE_MAX = 4096,		/* maps, lists and texts in a file */
};

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	const char *text;	/* of NODE_TEXT: UTF-8 without control characters */
	bool quoted;		/* of NODE_TEXT: so "" is a text, and a value that was left out is not */
	const struct node *key;	/* in a map: a NODE_TEXT with its own place */
	int line, column;	/* from 1 */
	size_t from, to;	/* characters of the file that it is; of a map or list in lines of its own, to the end of its last value */
	bool flow;		/* of a map or list: written in brackets */
	struct node *first, *last;	/* what a map or list holds */
	struct node *next;	/* beside it */
	uint32_t count;
};

/*
 * Read a file's bytes.  UTF-8 only; no anchors, aliases, tags, directives or
 * second documents; no key twice in a map; within the limits above.
 * -MS_EPROJECT with place and fix.
 */
int yaml_read(struct bytes text, const char *file, struct arena *a, struct node **root, struct err *e);

/* What a map holds under a key, or NULL. */
struct node *node_find(const struct node *map, const char *key);

#endif
