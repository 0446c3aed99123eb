/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a device tree with sentences for what is wrong with it. */
#ifndef BOARD_TREE_H
#define BOARD_TREE_H

#include "board.h"

/* A device tree being read; sticky: after a failure everything gives zeros. */
struct tree {
	const void *fdt;
	const char *path;
	struct arena *a;
	struct err *e;
	int rc;		/* MS_OK, or the first failure */
};

/* 0 for a whole, well-formed tree of a version that libfdt can be trusted with, or libfdt's error. */
int tree_check(struct bytes dtb);

int tree_open(struct tree *t, struct bytes dtb, const char *path, struct arena *a, struct err *e);

/* A node by path ("/cpus/cpu@0"), by the reference of a property, or by "compatible"; negative after a failure. */
int tree_node(struct tree *t, const char *path);
int tree_chosen(struct tree *t, const char *property);
int tree_compatible(struct tree *t, const char *compatible);

/* One text, one number, one cell of a property; the one window of `reg`. */
const char *tree_text(struct tree *t, int node, const char *property);
uint32_t tree_number(struct tree *t, int node, const char *property);
uint32_t tree_cell(struct tree *t, int node, const char *property, uint32_t index);
struct board_window tree_reg(struct tree *t, int node);

/* Fail once: "'board.dtb': node: sentence". */
void tree_fail(struct tree *t, int node, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
