/* SPDX-License-Identifier: Apache-2.0 */
/* What a service has on Armv7-M and Armv8-M Mainline: regions of the memory protection unit, ready to be loaded.  The exception entries know the order. */
#ifndef MAINLINE_CONTEXT_H
#define MAINLINE_CONTEXT_H

#include <stdint.h>

struct mpu_region { uint32_t rbar, rest; };	/* rest: RASR, on Armv8-M RLAR; 0: closed */

/* What is open while a thread of the service runs: image, RAM, what it maps. */
struct port_protection {
	uint32_t more;			/* so many from region 3 on may be open; and PROTECTION_FPU */
	uint32_t control;		/* what the processor's register of this name gets: unprivileged */
	uint32_t *got;			/* the data base: word 1 gets the thread pointer */
	struct mpu_region region[7];
	uintptr_t image, ram;
	uint32_t image_size, ram_size;
};

enum { PROTECTION_FPU = 1 << 8 };

#endif
