/* SPDX-License-Identifier: Apache-2.0 */
/* The mark on a stack by which ms_stack_unused counts; <processor>/stack.c. */
#ifndef STACK_H
#define STACK_H

#include <ms/abi/stack.h>

/* Fill the calling thread's stack from `limit` up to where it is in use, and keep in its block, if it has one, where the stack lies. */
void stack_mark(struct ms_stack s, uint32_t limit);

#endif
