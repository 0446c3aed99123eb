/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Placement: where in flash and RAM the services of a device lie, so that the
 * memory protection can cover exactly each one.  The same input gives the
 * same placement.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "board.h"

struct layout_item {
	const char *name;
	uint32_t image_size, ram_size;		/* what it needs; image_size 0: no flash */
	uint32_t flash_align;			/* a power of two of which its start in flash is to be a multiple; 0: as it comes */
	struct board_window flash, ram;		/* out: start and legal extent */
};

/*
 * Place all items in the board's windows.  `variant` 0 is the tightest
 * placement found; any other number chooses another legal one, for tests that
 * show that an image does not care.  -MS_EINCOMPATIBLE naming the service that
 * does not fit, what it needs and what is left; then no item was changed.
 */
int layout_place(const struct board *b, struct layout_item *items, uint32_t count, uint32_t variant,
		 struct arena *a, struct err *e);

/* Bytes of a window that nothing lies in, and bytes of extents that their items do not need. */
struct layout_use { uint32_t used, wasted, free; };
void layout_use(const struct board *b, const struct layout_item *items, uint32_t count,
		struct layout_use *flash, struct layout_use *ram);

#endif
