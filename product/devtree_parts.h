/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of devtree.c: a tree being merged, and the judgement of what an overlay has changed in it. */
#ifndef DEVTREE_PARTS_H
#define DEVTREE_PARTS_H

#include "devtree.h"

struct merging {
	const struct device *device;
	struct arena *arena;
	struct err *e;
	void *fdt;			/* with room */
	const struct overlay *overlay;	/* that is being applied */
	struct devtree *out;
};

/* Is everything that differs between the tree before and after m->overlay was applied the overlay's to say?  It goes to m->out. */
int devtree_judge(struct merging *m, const void *before);

/* Refuse a node that the board has not, for the best reason that can be found. */
int devtree_refuse_new(const struct merging *m, int node, const char *path);

/* A failure, at the place of m->overlay where a property of a node (NULL: the node) was written. */
int devtree_fail(const struct merging *m, int code, const char *node, const char *property, const char *fix, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* The label of a node ("uart1"), or its path, as overlays write it: "&uart1", "&{/soc/serial@40005000}". */
const char *devtree_reference(const void *fdt, const char *path, struct arena *a);

/* The path of a node, or NULL when it is too long to be anybody's. */
const char *devtree_path(const void *fdt, int node, struct arena *a);

#endif
