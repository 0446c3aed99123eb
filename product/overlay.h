/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Overlays of a board's device tree: what a product, or the package of a driver, says about devices of the board.
 *
 * One comes as a compiled overlay (.dtbo), from a package even from a stranger.  So it is read by a narrow profile,
 * before libfdt 1.6.1 (which follows some offsets in it without looking) may apply it: fragments with a target, references
 * to labels of the board, and nothing else.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "arena.h"
#include "err.h"

enum { OVERLAY_SIZE_MAX = 64 << 10, OVERLAY_FRAGMENT_MAX = 64 };

/* Where a node or a property stands in a source: "/fragment@0/__overlay__", "status"; property NULL: the node itself. */
struct overlay_place { const char *node, *property, *file; int line, column; };

/* A part of it, and the node of the board that it is about. */
struct overlay_fragment { const char *name, *target; };	/* "/fragment@0", "/soc/serial@40005000" */

struct overlay {
	const char *name;		/* as sentences name it: a file, or a package and its member */
	struct bytes blob;		/* aligned */
	bool for_boards;		/* it says which boards it is for (`compatible`) */
	struct overlay_place *places;
	uint32_t place_count;		/* 0: its source is not here */
	struct overlay_fragment fragments[OVERLAY_FRAGMENT_MAX];
	uint32_t fragment_count;
};

/* Read a compiled one.  -MS_EFORMAT when it is not one of this profile.  *out borrows nothing. */
int overlay_read(struct bytes blob, const char *name, struct arena *a, struct overlay *out, struct err *e);

/*
 * Compile a source with dtc, where `path` is; overlay_read of that.  A source as Zephyr has it, without /dts-v1/ and
 * /plugin/, is taken, too.  -MS_EPROJECT with file, line and column of what dtc says; -MS_ETOOL without dtc.
 */
int overlay_compile(const char *path, struct arena *a, struct overlay *out, struct err *e);

/* Is it for a board that is `compatible` with these (the property of its root)?  One that names no board is for all. */
bool overlay_fits(const struct overlay *o, struct bytes compatible);

/* Find the target of each fragment in a board's tree, which has __symbols__.  -MS_EINCOMPATIBLE naming a label or path that is not there. */
int overlay_resolve(struct overlay *o, const void *board, struct arena *a, struct err *e);

/* Put the place where a property (NULL: the node) of a node of the merged tree was written on a failure; e->code. */
int overlay_err(const struct overlay *o, const char *node, const char *property, struct arena *a, struct err *e);

#endif
