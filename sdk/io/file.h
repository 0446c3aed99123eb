/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Streams of fopen and fdopen: the C library's buffered ones, in a list, so that exit and fflush(NULL) find them.  Whether one
 * may be read or written is decided here and not by the C library's flags, which know no errno.
 */
#ifndef FILE_H
#define FILE_H

#include <stdint.h>
#include <stdio.h>
#include <stdio-bufio.h>

#include "stream_lock.h"

struct file {
	struct __file_bufio bufio;
	struct file *next;
	uint32_t access;		/* O_RDONLY, O_WRONLY, O_RDWR */
	struct stream_lock lock;
	char buffer[BUFSIZ];
};

/* What "r", "w+", "ab" and so on are to open(2); -1 with EINVAL: none of them. */
int file_mode(const char *mode);

/* A new stream of an open descriptor, which it takes; NULL with ENOMEM: it has not. */
FILE *file_on(int fd, int flags);

/* Is it one of those? */
int file_is(const FILE *f);

/* Its descriptor; of a stream that has none -1. */
int file_number(const FILE *f);

/* fflush of all of them, when there are any. */
extern int (*file_flush_all)(void);

#endif
