/* SPDX-License-Identifier: Apache-2.0 */
/* The one way into the runtime on the PC: a call (docs/abi.md, "Calls into the system"). */
#ifndef TRAP_H
#define TRAP_H

#include "gate.h"

#define trap ms_gate

#endif
