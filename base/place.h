/* SPDX-License-Identifier: Apache-2.0 */
/* The line of a file that a failure is about, with a mark under the column. */
#ifndef PLACE_H
#define PLACE_H

#include "arena.h"
#include "err.h"

/* Add those two lines, without styles; nothing if the place or the file is not known. */
void place_add(struct text *t, struct arena *a, const struct err *e);

#endif
