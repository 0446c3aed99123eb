/* SPDX-License-Identifier: Apache-2.0 */
/* As much of Thumb as it takes to make the processor not do one instruction, or do the opposite. */
#ifndef THUMB_H
#define THUMB_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes of the instruction that begins with this half-word. */
uint32_t thumb_size(uint16_t first);

/* Program status when the instruction at hand was passed over: the rest of an IT block goes on behind it. */
uint32_t thumb_passed(uint32_t xpsr);

/* Does a flag decide what it does: a conditional branch or an IT? */
bool thumb_conditional(uint16_t first, uint16_t second);

/* Other flags, with which its condition comes out the other way round. */
uint32_t thumb_opposite(uint16_t first, uint16_t second, uint32_t xpsr);

/* Is it CBZ or CBNZ? Where it leads when it branches. */
bool thumb_compares(uint16_t first);
uint32_t thumb_target(uint16_t first, uint32_t pc);

/* Does it return from a function: BX LR, or a load of the program counter from the stack? */
bool thumb_returns(uint16_t first, uint16_t second);

#endif
