/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames of a test program on a board (ms/abi/boardtest.h), out of the texts of
 * its log lines, in which anything may stand.
 */
#ifndef BOARDFRAME_H
#define BOARDFRAME_H

#include <stdbool.h>
#include <stddef.h>

#include <ms/abi/boardtest.h>

enum { BOARDFRAME_TEXT_MAX = 1023 };

enum boardframe_kind {
	BOARDFRAME_NONE,	/* the program's own words */
	BOARDFRAME_PIECE,	/* of a text that goes on */
	BOARDFRAME_TEXT,	/* a text is whole */
	BOARDFRAME_GARBLED,	/* it carries the word, and is not as it was sent */
};

struct boardframe {
	char word[MS_BOARDTEST_WORD + 1];	/* of this run */
	char text[BOARDFRAME_TEXT_MAX + 1];
	size_t size;
	bool open;		/* the text goes on */
};

void boardframe_init(struct boardframe *f, const char *word);

/* What comes next is of another start of the program: half a text is dropped. */
void boardframe_restart(struct boardframe *f);

enum boardframe_kind boardframe_line(struct boardframe *f, const char *line);

#endif
