/* SPDX-License-Identifier: Apache-2.0 */
/* The one way into the runtime on the PC: a call (docs/abi.md, "Calls into the system"). */
#ifndef TRAP_H
#define TRAP_H

#include "gate.h"

#define trap ms_gate
#define trap4(number, a0, a1, a2, a3) ms_gate(number, a0, a1, a2, a3, 0, 0)

#endif
