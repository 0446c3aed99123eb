/* SPDX-License-Identifier: Apache-2.0 */
/* What of a board may be written: nothing outside of the ranges that its rig allows, whole sectors counted. */
#ifndef SAFE_H
#define SAFE_H

#include "board.h"
#include "config.h"

/* May an image of that size be written at the beginning of the flash?  -MS_EACCES with what keeps it. */
int safe_check(const struct lent *l, const struct board *b, uint32_t size, struct err *e);

#endif
