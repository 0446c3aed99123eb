/* SPDX-License-Identifier: Apache-2.0 */
/* What only a board can refuse in a good table: more than it has room for, devices that it has not. */
#ifndef DEVICE_RIGHTS_H
#define DEVICE_RIGHTS_H

#include "board.h"
#include "table.h"

/* NULL, or what the board's runtime would refuse, as a sentence. */
const char *device_rights(const struct board *b, const struct table *t, struct arena *a);

#endif
