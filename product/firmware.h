/* SPDX-License-Identifier: Apache-2.0 */
/* A runtime as it was linked, turned into the bytes that lie in a board's flash. */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#include "arena.h"
#include "board.h"
#include "err.h"

/*
 * The flat binary of an ELF file's loaded segments, from the start of the
 * board's runtime partition on, gaps filled with ff.  -MS_EFORMAT when it is
 * no such file, -MS_EINCOMPATIBLE when a segment lies outside the partition.
 */
int firmware_flatten(struct bytes elf, const char *path, const struct board *b, struct arena *a,
		     struct bytes *flat, struct err *e);

/* The same of any file into any window of addresses, which `what` names: "the flash of mps2-an386". */
int firmware_flatten_into(const struct board_window *w, const char *what, struct bytes elf, const char *path, struct arena *a, struct bytes *flat, struct err *e);

#endif
