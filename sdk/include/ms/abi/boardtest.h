/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests on a board: what `ms test --on` puts into the image of a test program,
 * and what that tells in its log (docs/testing.md, "On a board").
 *
 * A frame is a line of the log, of severity notice: the word of this run, a
 * blank, the CRC-32 (IEEE 802.3) of all that follows as 8 hexadecimal digits,
 * then ' ' and a text, or '+' and a piece of a text that the next frame goes on
 * with.  The texts are those of base/testframe.h.
 */
#ifndef MS_BOARDTEST_H
#define MS_BOARDTEST_H

#include <stdint.h>

#define MS_BOARDTEST_MARK "ms test orders 1"		/* 16 bytes by which the orders are found in the image */

enum {
	MS_BOARDTEST_WORD = 16,		/* characters */
	MS_BOARDTEST_CRC = 8,
	MS_BOARDTEST_CHOSEN_MAX = 256,
	MS_BOARDTEST_NAME_MAX = 64,
};

/* Little-endian, as the board is.  The program runs each test in a start of its own: its first start the first of them. */
struct ms_boardtest_orders {
	char mark[16];
	char word[MS_BOARDTEST_WORD];		/* nothing in the image knows it before: what carries it is a frame */
	char service[MS_BOARDTEST_NAME_MAX];	/* the name of the service that is tested */
	uint32_t timeout_msec;			/* of the board's time, for each test */
	uint32_t list;				/* 1: name the tests and run none */
	uint32_t count;				/* of those that are to run */
	uint16_t chosen[MS_BOARDTEST_CHOSEN_MAX];	/* their places among all tests of the program */
};

#endif
