/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread's saved state on a Cortex-M.  The offsets up to the FPU's registers are
 * known to trap.S; r0-r3, r12, lr, pc and xPSR lie in the exception frame at psp.
 * The port_context.h of each architecture includes this behind what is its own.
 */
#ifndef THREAD_CONTEXT_H
#define THREAD_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The build says for each board: PORT_FPU is 1 when the processor has the
 * FPU.  PORT_ISOLATION is 0 only in the runtime that shows
 * what the attack tests are worth: no MPU, services privileged.
 */
struct port_context {
	uint32_t psp;
	uint32_t r4_r11[8];
	uint32_t exc_return;
#if PORT_FPU
	uint32_t s16_s31[16];
#endif
	struct port_protection *protection;
	struct port_guard guard;
	uint32_t *got;			/* the data base: word 1 gets the thread pointer */
	uint32_t thread_pointer;
	bool fpu;			/* may use the FPU */
};

#endif
