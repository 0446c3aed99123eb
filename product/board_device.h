/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of board.c: the part that reads devices. */
#ifndef BOARD_DEVICE_H
#define BOARD_DEVICE_H

#include "board_tree.h"

/* Fill b->devices; what the runtime keeps for itself is refused. */
void board_devices_read(struct tree *t, struct board *b);

#endif
