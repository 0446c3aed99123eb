/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a fault was.  Armv6-M has HardFault and no register that says why, so the instruction
 * and the registers it used have to: what it would have accessed, and whether that is aligned.
 */
#include "cause_thumb.h"
#include "trap.h"

static uint32_t low_register(const struct port_context *c, unsigned n)
{
	return ((const uint32_t *)c->psp)[n < 4 ? (int)n : SAVED_R4 + (int)n - 4];
}

void processor_cause(struct core_fault *f, const struct port_context *c)
{
	if (f->sp == c->psp) {				/* there is no frame */
		f->cause = CORE_CAUSE_STACK;
		return;
	}
	if (f->pc % 2 || f->pc - c->protection->image >= c->protection->image_size) {
		f->cause = CORE_CAUSE_EXECUTE;
		f->address_valid = true;
		f->address = f->pc;
		return;
	}
	uint16_t instruction = *(const uint16_t *)f->pc;
	struct thumb_access a;

	f->cause = instruction >> 8 == 0xbe ? CORE_CAUSE_BREAKPOINT : CORE_CAUSE_INSTRUCTION;
	if (thumb_access(instruction, &a)) {
		f->address = low_register(c, a.base) + (a.index < 0 ? a.offset : low_register(c, (unsigned)a.index));
		f->address_valid = true;
		f->cause = f->address % a.size ? CORE_CAUSE_UNALIGNED : CORE_CAUSE_BUS;
	}
}

void processor_kernel_fault(struct core_fault *f, bool assertion)
{
	f->cause = assertion ? CORE_CAUSE_KERNEL : f->pc ? CORE_CAUSE_BUS : CORE_CAUSE_STACK;
}
