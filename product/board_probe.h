/* SPDX-License-Identifier: Apache-2.0 */
/* What a debugger must know of a real board: the node "ms,debug" of its device tree (docs/porting.md). */
#ifndef BOARD_PROBE_H
#define BOARD_PROBE_H

#include "board_tree.h"

/* Read it into b->probe; a board without the node is reached by no probe. */
void board_probe_read(struct tree *t, struct board *b);

/* The sector that begins at, or holds, an offset in flash: its place there. */
struct board_window board_sector(const struct board *b, uint32_t offset);

#endif
