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

void fault_report(const struct port_context *c, const uint32_t *frame)
{
	struct core_fault f = { .sp = c->psp };

	if (frame) {
		f.pc = frame[FRAME_PC];
		f.lr = frame[FRAME_LR];
		f.sp += c->exc_return & EXC_RETURN_BASIC ? FRAME_SIZE : FRAME_SIZE_FPU;
	} else {
		f.lr = likely_caller(c);
		f.pc = f.lr & ~UINT32_C(1);
	}
	processor_cause(&f, c);
	core_fault(&f);
}

_Noreturn void trap_kernel_fault(const uint32_t *frame)
{
	struct core_fault f = {
		.cause = CORE_CAUSE_KERNEL, .kernel = true,
		.pc = frame[FRAME_PC], .lr = frame[FRAME_LR], .sp = (uint32_t)frame,
	};

	processor_kernel_fault(&f);
	core_fault(&f);
	port_halt();
}
