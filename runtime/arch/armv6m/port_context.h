/* SPDX-License-Identifier: Apache-2.0 */
/* What a service and a thread have besides on Armv6-M without an MPU: where their memory is, so that the kernel can look. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include <stdint.h>

struct port_protection {
	uint32_t *got;			/* the data base: word 1 gets the thread pointer */
	uintptr_t image, ram;
	uint32_t image_size, ram_size;
};

/* Nothing closes the end of a stack; struct port_context has its limit. */
struct port_guard { uint32_t none[0]; };

#include "thread_context.h"

#endif
