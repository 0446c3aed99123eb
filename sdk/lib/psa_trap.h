/* SPDX-License-Identifier: Apache-2.0 */
/* How the PSA functions pass their arguments to the system calls (docs/abi.md, "Messages"). */
#ifndef PSA_TRAP_H
#define PSA_TRAP_H

#include <ms/abi/abi.h>

#include "trap.h"

#define LOW(v) ((uint32_t)(v))
#define HIGH(v) ((uint32_t)((v) >> 32))
#define ADDRESS(p) ((uintptr_t)(p))

#endif
