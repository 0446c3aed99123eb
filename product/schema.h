/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Manifests: YAML read through one table of rows, which parses, checks,
 * documents and completes.
 *
 * The YAML that is understood is a small, safe part of it: maps, lists and
 * scalars in UTF-8; no anchors, aliases, tags, directives or second
 * documents; no key twice; bounded size and depth.  Every failure names file,
 * line and column, what was expected, and the nearest known key.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

enum {
	SCHEMA_TEXT_MAX = 256,		/* bytes of a text whose row says nothing else */
	SCHEMA_ITEM_MAX = 256,		/* items of a list, likewise */
};

enum schema_type {
	SCHEMA_END,
	SCHEMA_TEXT,		/* const char * */
	SCHEMA_NUMBER,		/* uint32_t; decimal or 0x... */
	SCHEMA_SIZE,		/* uint32_t, bytes: 512, 512 B, 1 KiB, 2 MiB */
	SCHEMA_TIME,		/* uint32_t, milliseconds: 10 ms, 2 s */
	SCHEMA_FLAG,		/* bool: true or false */
	SCHEMA_TEXTS,		/* struct texts: a list of texts */
	SCHEMA_MAP,		/* the fields' rows, in the same struct */
	SCHEMA_MAPS,		/* struct schema_items: a list of maps, each filling a struct of item_size */
};

/* A list of texts, in the order of the file. */
struct texts { const char **at; uint32_t count; };

/* A list of structs, each of the row's item_size. */
struct schema_items { void *at; uint32_t count; };

/* One key.  Where a text has a meaning beyond its characters, `check` knows it: -MS_E... and the sentence in *e, without the place. */
struct schema {
	enum schema_type type;
	const char *key;
	size_t offset;			/* in the struct that is filled */
	bool required;
	uint32_t min, max, step;	/* numbers, sizes, times; min and max also bytes of a text, items of a list; max 0: the general limit */
	const char *standard;		/* what it is when left out, as one would write it; NULL: zero, empty */
	const char *choices;		/* "a|b|c": the only texts allowed */
	int (*check)(const char *text, struct err *e);
	const char *later;		/* known, but refused for now: why, and what to do */
	const struct schema *fields;	/* of a map */
	size_t item_size;		/* of SCHEMA_MAPS */
	const char *short_key;		/* of SCHEMA_MAPS, may be NULL: an item that is a text stands for the map of this key alone */
	const char *example, *doc;	/* for the manual */
};

/* Where each key stood in the file: "memory.stack", "services[1].path". */
struct schema_place { const char *key; int line, column; };
struct schema_places { const char *file; struct schema_place *at; uint32_t count; };

/*
 * Read a manifest into the struct at `out`, which was zeroed.  `file` is for
 * sentences.  -MS_EPROJECT with the first thing that is wrong.
 */
int schema_read(struct bytes text, const char *file, const struct schema *rows, struct arena *a,
		void *out, struct schema_places *places, struct err *e);

/* Put the place of a key, or of its nearest parent that is there, on a failure.  Returns e->code. */
int schema_err(const struct schema_places *places, const char *key, struct err *e);

/* The rows as Markdown: a section for each map. */
char *schema_manual(const struct schema *rows, struct arena *a);

#endif
