/* SPDX-License-Identifier: Apache-2.0 */
/* What a service and a thread have besides on Armv8-M: regions of the memory protection unit, ready to be loaded, and a stack limit. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include <stdint.h>

struct mpu_region { uint32_t rbar, rlar; };

/* What the MPU holds while a thread of the service runs: image, RAM, what it maps.  No two overlap. */
struct port_protection {
	struct mpu_region region[7];
	uint32_t mapped;		/* so many from region 2 on may be open */
	uintptr_t image, ram;
	uint32_t image_size, ram_size;
};

/* Below it the stack pointer must not go. */
struct port_guard { uint32_t limit; };

#include "thread_context.h"

#endif
