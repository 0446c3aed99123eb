/* SPDX-License-Identifier: Apache-2.0 */
/* stdout and stderr: a stream with a line in it, which goes to the log, or wherever their descriptors have been led since. */
#ifndef LINE_H
#define LINE_H

#include <stdint.h>
#include <stdio.h>

#include <ms/syscall.h>

struct line {
	struct __file file;
	uint8_t severity;
	uint8_t used;
	char text[MS_LOG_LINE_MAX];
};

static inline struct line *line_of(FILE *f)
{
	return (struct line *)(void *)f;
}

/* What the C library calls for them: to the log, whatever has become of the stream itself. */
int line_put(char c, FILE *f);
int line_flush(FILE *f);

#endif
