/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Switching between stacks, in assembly for x86-64 and arm64.
 *
 * The C library's swapcontext would do, but the address sanitizer prints a
 * warning at its first use and it makes a system call to keep the signal mask,
 * which nothing here changes.
 */
#ifndef SWITCH_H
#define SWITCH_H

#include <stdint.h>

/* A stack that is not in use: its stack pointer, below which its registers lie. */
struct switch_stack { void *sp; };

/* A stack that will begin by calling entry, which does not return. */
struct switch_stack switch_new(uintptr_t top, void (*entry)(void));

/* Leave this stack, and come back when somebody switches to *save. */
void switch_to(struct switch_stack *save, const struct switch_stack *to);

#endif
