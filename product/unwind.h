/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who called whom, from what a fault record has: pc, lr, and words of the
 * stack that look like return addresses.  Call frame information (DWARF,
 * .debug_frame) says for each place how far above the stack pointer its return address
 * lies; only a word that lies just there counts.  A frame pointer's value is not
 * in a record, so a function that needs it ends what is sure.
 */
#ifndef UNWIND_H
#define UNWIND_H

#include "symbol.h"

/* A word on the stack, as it was linked, and how many bytes above the stack pointer it lay. */
struct unwind_word { uint32_t address, at; };

struct unwind_call {
	uint32_t address;	/* returned to; the Thumb bit is clear */
	bool sure;		/* by call frame information; else it merely lay there */
};

/*
 * The calls that led to `pc`, the nearest first; all sure ones come before the
 * others.  `words` ascend by `at`.  Returns how many, at most `max`.
 */
size_t unwind(const struct symbols *s, uint32_t pc, uint32_t lr, const struct unwind_word *words, size_t count,
	      struct unwind_call *out, size_t max);

#endif
