/* SPDX-License-Identifier: Apache-2.0 */
/* What `ms flash` is given besides projects: a file with flash content, or the folder that `ms product build` wrote. */
#ifndef FLASHIMAGE_H
#define FLASHIMAGE_H

#include "board.h"

struct flash_image {
	const char *path;		/* of the file that it came from */
	struct bytes content;		/* from the beginning of the flash on */
	struct board board;
	bool ours;			/* a device image for this board; else somebody's bytes, which are written as they are */
};

/* Is it a file, or a folder with a release in it? */
bool flashimage_is(const char *path);

/*
 * Read it for the board of this name; NULL: the one that it says it is for.  A release's file must have the hash that its evidence
 * gives.  -MS_EINCOMPATIBLE: it is for another board.
 */
int flashimage_open(const char *path, const char *board, struct arena *a, struct flash_image *out, struct err *e);

#endif
