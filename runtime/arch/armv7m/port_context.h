/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread's saved state on ARMv7-M.  The offsets are known to trap.S; r0-r3, r12, lr, pc and
 * xPSR lie in the exception frame at psp.
 */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The build says for each board: PORT_FPU is 1 when the processor has the
 * single-precision FPU.  PORT_ISOLATION is 0 only in the runtime that shows
 * what the attack tests are worth: no MPU, services privileged.
 */

struct mpu_region { uint32_t rbar, rasr; };

/* What the MPU holds while a thread of the service runs: image, RAM; the thread's guard goes before them in force. */
struct port_protection {
	struct mpu_region region[2];
	uintptr_t ram;
	uint32_t ram_size;
};

struct port_context {
	uint32_t psp;
	uint32_t r4_r11[8];
	uint32_t exc_return;
	struct port_protection *protection;
	struct mpu_region guard;
	uint32_t *got;			/* the data base: word 1 gets the thread pointer */
	uint32_t thread_pointer;
	bool fpu;			/* may use the FPU */
	bool fresh;			/* was initialised since it last ran */
#if PORT_FPU
	uint32_t s16_s31[16];
#endif
};

#endif
