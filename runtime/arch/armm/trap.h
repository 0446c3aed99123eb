/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the port: what the files that all Cortex-M share and those of one architecture promise each other. */
#ifndef TRAP_H
#define TRAP_H

#include "port.h"

/* The context whose registers are in the processor; the exception entries store into it. */
extern struct port_context *trap_running;

/* Exception entries, for the vector table; and the way from reset into the first thread. */
void trap_svc(void);
void trap_interrupt(void);
void trap_fault(void);
void trap_hard(void);	/* any fault, by whomever */
void trap_nmi(void);	/* the kernel's fault: the watchdog was not fed */
_Noreturn void trap_begin(uint32_t *idle_stack_top);

/* A place in the idle loop that enters the kernel again, at once. */
void trap_again(void);

/* Called by the exception entries. */
void trap_call(void);
void trap_line(void);
void trap_reason(void);
struct port_context *trap_leave(void);
_Noreturn void trap_kernel_fault(const uint32_t *frame);	/* NULL: it is lost */

/* What the processor holds of a thread's memory may be out of date: it is loaded again before a thread goes on. */
void trap_changed(void);

/* Tell core of the fault that the running thread made; `frame` is NULL when it cannot be trusted. */
void fault_report(const struct port_context *c, const uint32_t *frame);

/* The exception frame: r0-r3, r12, lr, pc, xPSR. */
enum { FRAME_R0, FRAME_R1, FRAME_R2, FRAME_R3, FRAME_R12, FRAME_LR, FRAME_PC, FRAME_XPSR, FRAME_WORDS };
enum { FRAME_SIZE = 4 * FRAME_WORDS, FRAME_SIZE_FPU = 104, XPSR_ALIGNED = 1 << 9 };

/* The regions that core gives first (port_protect). */
enum { PORT_IMAGE, PORT_RAM, PORT_MAPS };

/*
 * What each architecture has of its own, besides processor.h, which holds what is short and often used.
 *
 * At reset: vector table, exceptions, FPU, protection; nothing is open to services.
 */
void processor_init(const void *vectors);

/* Why the thread was stopped: fill in cause and address; pc, lr and sp are there.  No reason remains afterwards. */
void processor_cause(struct core_fault *f, const struct port_context *c);

/* A fault of the kernel itself, `assertion`: at an instruction that core_assert.h makes: fill in cause and address. */
void processor_kernel_fault(struct core_fault *f, bool assertion);

/* The part of a stack that a thread on it finds closed. */
struct port_guard protection_guard(const struct port_start *s);

#endif
