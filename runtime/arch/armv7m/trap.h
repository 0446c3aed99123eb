/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the port: what trap.S, trap.c, fault.c and port.c share. */
#ifndef TRAP_H
#define TRAP_H

#include "port.h"

/* The context whose registers are in the processor; trap.S stores into it. */
extern struct port_context *trap_running;

/* Exception entries (trap.S), for the vector table; and the way from reset into the first thread. */
void trap_svc(void);
void trap_interrupt(void);
void trap_fault(void);
void trap_hard(void);
_Noreturn void trap_begin(uint32_t *idle_stack_top);

/* Called by trap.S. */
void trap_call(void);
void trap_line(void);
void trap_reason(void);
struct port_context *trap_leave(void);
_Noreturn void trap_kernel_fault(const uint32_t *frame);

/* Tell core of the fault that the running thread made; `frame` is NULL when it cannot be trusted. */
void fault_report(const struct port_context *c, const uint32_t *frame);

/* The exception frame: r0-r3, r12, lr, pc, xPSR. */
enum { FRAME_R0, FRAME_R1, FRAME_R2, FRAME_R3, FRAME_R12, FRAME_LR, FRAME_PC, FRAME_XPSR, FRAME_WORDS };
enum { FRAME_SIZE = 4 * FRAME_WORDS, FRAME_SIZE_FPU = 104 };

/* Where it lies, or NULL when it is not wholly in the thread's own RAM. */
uint32_t *trap_frame(const struct port_context *c);

#endif
