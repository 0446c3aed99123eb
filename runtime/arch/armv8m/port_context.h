/* SPDX-License-Identifier: Apache-2.0 */
/* What a service and a thread have besides on Armv8-M Mainline. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include "mainline_context.h"

/* Below it the processor lets no stack pointer go. */
struct port_guard { uint32_t limit; };

#include "thread_context.h"

#endif
