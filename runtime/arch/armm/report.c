/* SPDX-License-Identifier: Apache-2.0 */
/* From an exception that a fault made to core: where it was and why. */
#include <stddef.h>

#include "armm.h"
#include "trap.h"

enum { CALLER_WORDS = 256 };	/* how far up the stack a caller is looked for */

/*
 * Without a frame pc and lr are lost.  The nearest word above the stack
 * pointer that looks like a return address into text says at least who called.
 */
static uint32_t likely_caller(const struct port_context *c)
{
	const struct port_protection *p = c->protection;
	uint32_t at = c->psp - p->ram < p->ram_size ? c->psp & ~UINT32_C(3) : p->ram;

	for (unsigned left = CALLER_WORDS; left && at - p->ram <= p->ram_size - 4; left--, at += 4) {
		uint32_t word = *(const uint32_t *)at;

		if ((word & 1) && word - p->image < p->image_size)
			return word;
	}
	return 0;
}

uint32_t frame_end(const struct port_context *c, const uint32_t *frame)
{
	return c->psp + (c->exc_return & EXC_RETURN_BASIC ? FRAME_SIZE : FRAME_SIZE_FPU) + (frame[FRAME_XPSR] & XPSR_ALIGNED ? 4 : 0);
}

void fault_report(const struct port_context *c, const uint32_t *frame)
{
	struct core_fault f = { .sp = c->psp };

	if (frame) {
		f.pc = frame[FRAME_PC];
		f.lr = frame[FRAME_LR];
		f.sp = frame_end(c, frame);
	} else {
		f.lr = likely_caller(c);
		f.pc = f.lr & ~UINT32_C(1);
	}
	processor_cause(&f, c);
	core_fault(&f);
}

extern const uint8_t kernel_text_start[], kernel_text_end[], kernel_stack_low[], kernel_stack_top[];

enum {
	ASSERTION = 0xdeff,		/* core_assert.h: what the compiler makes of __builtin_trap */
	EXCEPTION_NMI = 2,		/* of the watchdog, before it resets */
};

_Noreturn void trap_kernel_fault(const uint32_t *frame)
{
	uintptr_t text = (uintptr_t)kernel_text_start, stack = (uintptr_t)kernel_stack_low;
	uint32_t text_size = (uint32_t)(kernel_text_end - kernel_text_start);
	struct core_fault f = { .kernel = true, .sp = stack };
	uint32_t exception;

	if (frame) {
		f.pc = frame[FRAME_PC];
		f.lr = frame[FRAME_LR];
		f.sp = (uintptr_t)(frame + FRAME_WORDS) + (frame[FRAME_XPSR] & XPSR_ALIGNED ? 4 : 0);
	}
	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	if (exception == EXCEPTION_NMI)
		f.cause = CORE_CAUSE_HANG;
	else
		processor_kernel_fault(&f, f.pc - text < text_size && *(const uint16_t *)f.pc == ASSERTION);
	port_calls(&f, stack, (uint32_t)(kernel_stack_top - kernel_stack_low), text, text_size);
	core_fault(&f);
	port_halt();
}
