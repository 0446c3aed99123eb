/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One Thumb instruction, as far as it matters for how deep a stack gets: where it goes on, what it does to the stack
 * pointer, and which constants it makes.  It need not know the others: it says which registers they may write.
 */
#ifndef THUMB_H
#define THUMB_H

#include "bytes.h"

enum thumb_flow {
	THUMB_NEXT,
	THUMB_JUMP, THUMB_BRANCH,	/* to `target`; or, of a branch, on */
	THUMB_CALL,			/* to `target`, and on */
	THUMB_CALL_REGISTER, THUMB_JUMP_REGISTER,	/* to what `from` holds */
	THUMB_RETURN,
	THUMB_BYTES, THUMB_HALVES,	/* tbb, tbh: by a table behind it */
	THUMB_COMPUTED,			/* elsewhere, and it does not say where */
	THUMB_STOP,
};

enum thumb_act {
	THUMB_NOTHING,
	THUMB_STACK,		/* sp += value */
	THUMB_STACK_FROM,	/* sp = from + value */
	THUMB_STACK_BY,		/* sp += from, or -= when value is not 0 */
	THUMB_SET,		/* to = value */
	THUMB_TOP,		/* the upper half of `to` = value */
	THUMB_LITERAL,		/* to = the word at address `value` */
	THUMB_LOAD,		/* to = the word at r9 + value */
	THUMB_LOAD_BY,		/* to = the word at r9 + from */
	THUMB_COPY,		/* to = from + value */
};

struct thumb {
	uint8_t size;			/* 2 or 4; 0: there is none here */
	uint8_t flow, act;
	uint8_t from, to;		/* registers */
	uint8_t conditions;		/* of an IT: how many that follow depend on a condition */
	uint16_t writes;		/* registers, a bit each, whose content is not known behind it */
	uint32_t target, value;
};

/* The instruction at an address, which is `at` bytes into the text that begins at `base`. */
struct thumb thumb_decode(struct bytes text, uint32_t base, uint32_t at);

#endif
