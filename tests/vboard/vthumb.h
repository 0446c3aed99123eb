/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The instructions of a Cortex-M4 that a debugger's small programs consist of, such as OpenOCD's flash loader and its
 * checksum: all of 16 bits that compute, load, store, branch and compare, and those of 32 bits that such programs use.
 * No exceptions: at anything else, and at a bus error, the core locks up, as the chip does without handlers.
 */
#ifndef VTHUMB_H
#define VTHUMB_H

#include "vbus.h"

/* Execute until it halts, locks up or has done so many instructions. */
void vthumb_run(struct vbus *b, unsigned instructions);

#endif
