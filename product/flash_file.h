/* SPDX-License-Identifier: Apache-2.0 */
/* Flash content from a file as programmers take it: Intel HEX, ELF, or the bytes themselves, told apart by what is in it. */
#ifndef FLASH_FILE_H
#define FLASH_FILE_H

#include "arena.h"
#include "board.h"
#include "err.h"

/*
 * What the file puts into a board's flash, from its beginning on; gaps are 0xff.  Bytes themselves begin where the flash does,
 * and may be more than it has: the caller looks.  -MS_EFORMAT: it is cut, or not what it seems; -MS_EINCOMPATIBLE or -MS_EFORMAT with the line:
 * it puts something elsewhere.
 */
int flash_file_read(struct bytes file, const char *path, const struct board *b, struct arena *a, struct bytes *content, struct err *e);

#endif
