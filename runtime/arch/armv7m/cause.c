/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault was, from the fault status registers and the instruction that made it. */
#include "trap.h"

#include <stddef.h>

#include "armv7m.h"

enum { CALLER_WORDS = 256 };	/* how far up the stack a caller is looked for */

/* Does the instruction at pc store?  Loads and stores only; else ACCESS. */
static enum core_cause direction(const struct port_context *c, uint32_t pc)
{
	const struct mpu_region *text = &c->protection->region[0];
	uint32_t base = text->rbar & ~UINT32_C(31), size = UINT32_C(2) << ((text->rasr >> 1) & 31);

	if (pc - base > size - 4)
		return CORE_CAUSE_ACCESS;
	uint16_t first = *(const uint16_t *)pc;

	if (first >> 11 >= 0x1d) {			/* 32 bits */
		if (first >> 9 == 0x74 || first >> 9 == 0x7c)
			return first & 0x10 ? CORE_CAUSE_READ : CORE_CAUSE_WRITE;
		return CORE_CAUSE_ACCESS;
	}
	switch (first >> 12) {
	case 5:						/* register offset: STR STRH STRB LDRSB LDR LDRH LDRB LDRSH */
		return (first >> 9 & 7) < 3 ? CORE_CAUSE_WRITE : CORE_CAUSE_READ;
	case 6: case 7: case 8: case 9: case 12:	/* immediate offsets, STM and LDM: bit 11 */
		return first & 0x800 ? CORE_CAUSE_READ : CORE_CAUSE_WRITE;
	case 11:					/* PUSH and POP */
		return first & 0x800 ? CORE_CAUSE_READ : CORE_CAUSE_WRITE;
	case 4:						/* LDR literal */
		return first >> 11 == 9 ? CORE_CAUSE_READ : CORE_CAUSE_ACCESS;
	default:
		return CORE_CAUSE_ACCESS;
	}
}

static bool in_guard(const struct port_context *c, uint32_t address)
{
	uint32_t size = UINT32_C(2) << ((c->guard.rasr >> 1) & 31);

	return (c->guard.rasr & RASR_ENABLE) && address - (c->guard.rbar & ~UINT32_C(31)) < size;
}

static void data_fault(struct core_fault *f, const struct port_context *c, bool valid, uint32_t address)
{
	f->address_valid = valid;
	f->address = address;
	f->cause = valid && in_guard(c, address) ? CORE_CAUSE_STACK : direction(c, f->pc);
}

static void usage_fault(struct core_fault *f, uint32_t cfsr)
{
	f->cause = cfsr & CFSR_NOCP ? CORE_CAUSE_FPU :
		   cfsr & CFSR_UNALIGNED ? CORE_CAUSE_UNALIGNED :
		   cfsr & CFSR_DIVBYZERO ? CORE_CAUSE_DIVIDE : CORE_CAUSE_INSTRUCTION;
}

static void decide(struct core_fault *f, const struct port_context *c, uint32_t cfsr)
{
	if (cfsr & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR | CFSR_MUNSTKERR | CFSR_UNSTKERR)) {
		f->cause = CORE_CAUSE_STACK;
	} else if (cfsr & CFSR_IACCVIOL) {
		f->cause = CORE_CAUSE_EXECUTE;
		f->address_valid = true;
		f->address = f->pc;
	} else if (cfsr & CFSR_DACCVIOL) {
		data_fault(f, c, cfsr & CFSR_MMARVALID, SCB_MMFAR);
	} else if (cfsr & CFSR_PRECISERR) {
		data_fault(f, c, cfsr & CFSR_BFARVALID, SCB_BFAR);
	} else if (cfsr & CFSR_BUS) {
		f->cause = CORE_CAUSE_BUS;
	} else if (cfsr & CFSR_USAGE) {
		usage_fault(f, cfsr);
	} else {
		f->cause = SCB_HFSR & HFSR_DEBUGEVT ? CORE_CAUSE_BREAKPOINT : CORE_CAUSE_STACK;
	}
}

/*
 * Without a frame pc and lr are lost.  The nearest word above the stack
 * pointer that looks like a return address into text says at least who called.
 */
static uint32_t likely_caller(const struct port_context *c)
{
	const struct port_protection *p = c->protection;
	uint32_t text = p->region[0].rbar & ~UINT32_C(31), size = UINT32_C(2) << ((p->region[0].rasr >> 1) & 31);
	uint32_t at = c->psp - p->ram < p->ram_size ? c->psp & ~UINT32_C(3) : p->ram;

	for (unsigned left = CALLER_WORDS; left && at - p->ram <= p->ram_size - 4; left--, at += 4) {
		uint32_t word = *(const uint32_t *)at;

		if ((word & 1) && word - text < size)
			return word;
	}
	return 0;
}

void fault_report(const struct port_context *c, const uint32_t *frame)
{
	uint32_t cfsr = SCB_CFSR;
	struct core_fault f = { .sp = c->psp };

	if (frame) {
		f.pc = frame[FRAME_PC];
		f.lr = frame[FRAME_LR];
		f.sp += c->exc_return & EXC_RETURN_BASIC ? FRAME_SIZE : FRAME_SIZE_FPU;
	} else {
		f.lr = likely_caller(c);
		f.pc = f.lr & ~UINT32_C(1);
	}
	decide(&f, c, cfsr);
	SCB_CFSR = cfsr;
	SCB_HFSR = HFSR_DEBUGEVT | HFSR_FORCED;
	/* When stacking failed, a call or fault of the same thread may be pended besides: it shall not be taken for the next one's. */
	SCB_SHCSR &= ~SHCSR_PENDED;
	core_fault(&f);
}

_Noreturn void trap_kernel_fault(const uint32_t *frame)
{
	struct core_fault f = {
		.cause = CORE_CAUSE_KERNEL, .kernel = true,
		.pc = frame[FRAME_PC], .lr = frame[FRAME_LR], .sp = (uint32_t)frame,
		.address_valid = SCB_CFSR & (CFSR_MMARVALID | CFSR_BFARVALID), .address = SCB_MMFAR,
	};

	core_fault(&f);
	port_halt();
}
