/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread's saved state on a Cortex-M.  Its registers lie on its own stack: r0-r3, r12, lr, pc and xPSR in the exception frame at
 * psp, where the processor puts them; below it r4-r11, and s16-s31 of a thread with the FPU, when another runs.  Nothing
 * there is more than the thread's own: what the kernel relies on is here.
 *
 * The exception entries (trap.S, trap_entry.S) know the order.  The port_context.h of each architecture includes this
 * behind struct port_guard, which is what its processor needs to know of the end of a thread's stack.
 */
#ifndef THREAD_CONTEXT_H
#define THREAD_CONTEXT_H

#include <stdint.h>

/*
 * The build says for each board: PORT_FPU is 1 when the processor has the
 * FPU.  PORT_ISOLATION is 0 only in the runtime that shows
 * what the attack tests are worth: no MPU, services privileged.
 */
struct port_context {
	uint32_t psp;
	uint32_t limit, span;		/* frame and registers below it are in the thread's memory if psp is in [limit, limit + span] */
	const struct port_protection *protection;
	uint32_t thread_pointer;
	struct port_guard guard;
	uint32_t exc_return;
};

/* What core puts into a service's memory (port.h): all numbers are words. */
#define port_put(to, value, size) port_put_word(to, value)
static inline void port_put_word(uint32_t to, uint32_t value)
{
	__asm__("" : "+r"(value));	/* or zeros would be stored byte by byte */
	((struct __attribute__((packed)) { uint32_t value; } *)to)->value = value;
}

#endif
