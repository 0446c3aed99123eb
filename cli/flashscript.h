/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What OpenOCD does to flash a board, as a script of Tcl that is plain to read: it asks the chip who it is and stops if
 * that is wrong, compares each sector by its checksum, erases and writes those that differ, verifies each, and lets the
 * board run.  It tells each step in a line that begins with "ms: ".
 */
#ifndef FLASHSCRIPT_H
#define FLASHSCRIPT_H

#include "board.h"

struct flash_sector {
	struct board_window at;
	const char *file;	/* with what shall be in it */
	const char *pieces;	/* files and addresses of what has to be written, as words of Tcl: bytes 0xff at the end need not be */
};

struct flash_job {
	const struct board *board;
	const char *folder;	/* for the sectors' files */
	uint32_t image_size;
	struct flash_sector *sectors;
	uint32_t sector_count;
	uint32_t silence_sec;	/* so long nothing may be heard before it is given up */
	bool dry_run, erase, recover, hold;	/* hold: the board stays stopped */
};

/* Cut the image into sectors, each a file in the folder; behind its end a sector is blank. */
int flashscript_cut(struct flash_job *job, struct bytes image, struct arena *a, struct err *e);

const char *flashscript(const struct flash_job *job, struct arena *a);

/* Only who is there, and the tables that it holds, as files: flashscript_bank names that of a bank. */
const char *flashscript_look(const struct flash_job *job, struct arena *a);
const char *flashscript_bank(const struct flash_job *job, enum board_part bank, struct arena *a);

#endif
