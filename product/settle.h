/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects of clang, settled: made to keep the ABI (docs/abi.md, "Registers").
 *
 * clang has no -msingle-pic-base.  With -fPIE -ffixed-r9 its code loads a
 * distance from a constant and adds the pc, to reach the GOT or data of its own:
 *
 *	ldr r2, constant		constant: count - (here + 4)
 *  here:	add r2, pc
 *
 * The relocation of the constant says where the add is, and r9 is the data
 * base: when the add takes r9 in place of pc, and the constant is the distance
 * from there, the code is what the ABI asks for, instruction by instruction.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"

/*
 * Settle an object in place.  Functions and constants are still reached from
 * the pc, as text is one piece.  -MS_EPROJECT naming what reaches data in a
 * way that is not this one.
 */
int settle_object(uint8_t *raw, size_t size, const char *path, struct err *e);

#endif
