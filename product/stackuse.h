/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deepest that a service's stacks can get, from the machine code of all that is linked into it: compiled, assembled,
 * from libraries.  What cannot be known from code (recursion, frames whose size is a value, pointers) is said by name.
 */
#ifndef STACKUSE_H
#define STACKUSE_H

#include "arena.h"
#include "err.h"

struct stack_step {
	const char *function;
	uint32_t bytes;		/* that it has on the stack when it calls the next one */
	bool by_pointer;	/* the next one by a pointer: the worst that it may hold */
};

struct stack_use {
	const char *root;	/* "main thread", or the function that a thread begins with */
	uint32_t bytes;		/* with what the processor and the kernel save there */
	uint32_t saved;		/* of these: docs/abi.md, "Threads" */
	bool is_bounded;	/* it gets no deeper, whatever is in `doubts` */
	struct list path;	/* struct stack_step *, from the first function on */
	struct list doubts;	/* texts: what may be deeper, or was assumed */
};

/*
 * Of a service's executable with symbols (`path` for sentences) and the linker's map, which may be empty: a list of struct
 * stack_use *, the main thread first, then each function that is known to begin a thread.  `fpu`: it may use the FPU.
 */
int stack_use(struct bytes elf, const char *path, struct bytes map, bool fpu, struct arena *a, struct list *out, struct err *e);

#endif
