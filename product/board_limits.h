/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of board.c and board_facts.c: the part that reads how much a runtime has room for. */
#ifndef BOARD_LIMITS_H
#define BOARD_LIMITS_H

#include "board_tree.h"

/* Fill b->limit from the node /ms,capacity; what that does not say has its default. */
void board_limits_read(struct tree *t, struct board *b);

/* The text of "board_capacity.h". */
struct bytes board_limits_header(const struct board *b, struct arena *a);

#endif
