/* SPDX-License-Identifier: Apache-2.0 */
/* The two streams beneath out.h: what may be written to each, and whether it could be. */
#ifndef OUT_STREAM_H
#define OUT_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "out.h"

/* Look at descriptors and environment.  `plain`: neither colour nor progress. */
void stream_init(enum out_colour colour, bool plain, bool quiet);

/* Print a text, which is made printable in place, to stdout or stderr (STDOUT_FILENO, STDERR_FILENO). */
void stream_print(int fd, char *text);

/* Write bytes as they are: JSON, which escapes by itself. */
void stream_write(int fd, const char *at, size_t size);

/* Show what is going on, made printable in place and cut to the terminal's width; NULL wipes it. */
void stream_progress(char *text);

/* Is it shown at all? */
bool stream_shows_progress(void);

/* The errno of the first failure to write to stdout, or 0. */
int stream_lost(void);

/* Ask stdout's file system once more: some tell of a full disk only when a file is closed. */
void stream_end(void);

#endif
