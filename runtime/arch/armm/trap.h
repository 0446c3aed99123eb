/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the port: what the files that all Cortex-M share and those of one architecture promise each other. */
#ifndef TRAP_H
#define TRAP_H

#include "port.h"

/*
 * What the exception entries know: the context whose registers are in the processor, NULL when its thread has ended since the
 * kernel was entered; and what is open of the rarer parts of its service's protection, as there.
 */
extern struct trap_state { struct port_context *running; uint32_t more; } trap_state;

/* Exception entries, for the vector table; and the way from reset into the first thread. */
void trap_svc(void);
void trap_interrupt(void);
void trap_fault(void);
void trap_hard(void);	/* any fault, by whomever */
void trap_nmi(void);	/* the kernel's fault: the watchdog was not fed */
_Noreturn void trap_begin(uint32_t *idle_stack_top);

/* A place in the idle loop that enters the kernel again, at once. */
void trap_again(void);

/* Called by the exception entries; each returns the context to go on with, NULL for the one that was running. */
struct port_context *trap_call(struct core_call *call);
struct port_context *trap_line(void);
struct port_context *trap_lost(void);		/* by a call or an interrupt, when the stack pointer is not where it may be */
struct port_context *trap_reason(void);
_Noreturn void trap_kernel_fault(const uint32_t *frame);	/* NULL: it is lost */

/* Could the hardware not store the frame of the fault that is being looked at? */
bool processor_lost_frame(void);

/* What the stack pointer of a thread was before its exception frame was stored. */
uint32_t frame_end(const struct port_context *c, const uint32_t *frame);

/* Tell core of the fault that the running thread made; `frame` is NULL when it cannot be trusted. */
void fault_report(const struct port_context *c, const uint32_t *frame);

/* The exception frame: r0-r3, r12, lr, pc, xPSR. */
enum { FRAME_R0, FRAME_R1, FRAME_R2, FRAME_R3, FRAME_R12, FRAME_LR, FRAME_PC, FRAME_XPSR, FRAME_WORDS };
enum { FRAME_SIZE = 4 * FRAME_WORDS, FRAME_SIZE_FPU = 104, XPSR_ALIGNED = 1 << 9 };

/* What lies below it while another thread runs: r4-r11, and of a thread with the FPU below them s16-s31. */
enum { SAVED_SIZE = 4 * 8, SAVED_SIZE_FPU = SAVED_SIZE + 4 * 16, SAVED_R4 = -8 };

/* The regions that core gives first (port_protect). */
enum { PORT_IMAGE, PORT_RAM, PORT_MAPS };

/*
 * What each architecture has of its own.
 *
 * At reset: vector table, exceptions, FPU, protection; nothing is open to services.
 */
void processor_init(const void *vectors);

/* Why the thread was stopped: fill in cause and address; pc, lr and sp are there.  No reason remains afterwards. */
void processor_cause(struct core_fault *f, const struct port_context *c);

/* A fault of the kernel itself, `assertion`: at an instruction that core_assert.h makes: fill in cause and address. */
void processor_kernel_fault(struct core_fault *f, bool assertion);

/* A thread of the service is about to start: its data base, privilege and FPU become part of its protection. */
void protection_start(const struct port_start *s);

/* The part of a stack that a thread on it finds closed, and the lowest address beside it that its stack pointer may have. */
uint32_t protection_guard(const struct port_start *s, struct port_guard *out);

#endif
