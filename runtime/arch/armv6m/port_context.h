/* SPDX-License-Identifier: Apache-2.0 */
/* What a service and a thread have besides on Armv6-M without an MPU: where their memory is, so that the kernel can look. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include <stdint.h>

struct port_protection {
	uintptr_t image, ram;
	uint32_t image_size, ram_size;
};

/* Below it the stack pointer must not be when the kernel is entered. */
struct port_guard { uint32_t limit; };

#include "thread_context.h"

#endif
