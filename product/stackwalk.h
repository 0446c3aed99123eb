/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How deep one function of a linked service gets, from its machine code: all of its paths are walked with the stack pointer
 * and the constants in registers, so that a pointer that the linker filled in is a call like any other.
 */
#ifndef STACKWALK_H
#define STACKWALK_H

#include "arena.h"

/* A service's text and data as they were linked. */
struct code {
	struct bytes text, data;
	uint32_t text_base, data_base;
	const uint8_t *is_data;		/* for each half-word of text: a constant or a table, as mapping symbols say */
};

struct stack_call {
	uint32_t at;			/* the instruction */
	uint32_t target;		/* without the Thumb bit; 0: what a register held, and it is not known */
	uint32_t depth;			/* bytes that the function has on the stack then */
	uint32_t argument[4];		/* what r0 to r3 were; 0 where that is not known */
	bool by_pointer, is_last;	/* is_last: a jump, which does not come back */
};

struct stack_walk {
	uint32_t deepest;
	struct list calls;		/* struct stack_call * */
	struct list taken;		/* uint32_t *: functions whose address it loads */
	bool is_variable;		/* its frame depends on a value: alloca, an array of variable length */
	bool is_lost;			/* it jumps by something that was not understood */
};

/* The word at an address of text or data; false when there is none. */
bool code_word(const struct code *c, uint32_t address, uint32_t *out);

/* Is this the address of an instruction? */
bool code_has(const struct code *c, uint32_t address);

/* `helper` says whether a target is one of libgcc's for switch, and with which entries: 'b', 'B', 'h', 'H' or 'w'; else 0. */
typedef char stack_helper(const void *context, uint32_t target);

/* Walk the function in [start, end). */
void stack_walk(const struct code *c, uint32_t start, uint32_t end, stack_helper *helper, const void *context, struct arena *a, struct stack_walk *out);

#endif
