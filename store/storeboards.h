/* SPDX-License-Identifier: Apache-2.0 */
/* The boards that a store knows, for who asks what fits: those of the SDK that it came with, read once, before it gives up files outside of its folder. */
#ifndef STOREBOARDS_H
#define STOREBOARDS_H

#include "fitframe.h"

struct storeboards { struct board **at; size_t count; };

/* None where there is no SDK: a store works without. */
void storeboards_read(struct storeboards *b, struct arena *a);

/* The one of a name, or NULL: a fitframe_board of a struct storeboards. */
const struct board *storeboards_find(void *boards, const char *name);

/* The frame in the file that ms hands over (cli/storeframe.h), on one of these boards.  Failures as of fitframe_read. */
int storeboards_frame(struct storeboards *b, const char *file, struct arena *a, struct device *out, struct err *e);

#endif
