/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault was, from the fault status registers of Armv7-M and Armv8-M Mainline and the instruction that made it. */
#include <stddef.h>

#include "processor.h"
#include "trap.h"

/* Does the instruction at pc store?  Loads and stores only; else ACCESS. */
static enum core_cause direction(const struct port_context *c, uint32_t pc)
{
	if (pc - c->protection->image > c->protection->image_size - 4)
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

static void data_fault(struct core_fault *f, const struct port_context *c, bool valid, uint32_t address)
{
	f->address_valid = valid;
	f->address = address;
	f->cause = valid && processor_in_guard(c, address) ? CORE_CAUSE_STACK : direction(c, f->pc);
}

static void usage_fault(struct core_fault *f, uint32_t cfsr)
{
	f->cause = cfsr & CFSR_NOCP ? CORE_CAUSE_FPU :
		   cfsr & CFSR_UNALIGNED ? CORE_CAUSE_UNALIGNED :
		   cfsr & CFSR_DIVBYZERO ? CORE_CAUSE_DIVIDE : CORE_CAUSE_INSTRUCTION;
}

static void decide(struct core_fault *f, const struct port_context *c, uint32_t cfsr)
{
	bool left_secure = processor_security_fault();	/* whatever else there was: not asked now it would be the next fault's */

	if (cfsr & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR | CFSR_MUNSTKERR | CFSR_UNSTKERR | CFSR_STKOF)) {
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
	} else if (left_secure) {
		f->cause = CORE_CAUSE_EXECUTE;
	} else if (cfsr & CFSR_USAGE) {
		usage_fault(f, cfsr);
	} else {
		f->cause = f->sp != c->psp ? CORE_CAUSE_BREAKPOINT : CORE_CAUSE_STACK;	/* with a frame, or without */
	}
}

void processor_cause(struct core_fault *f, const struct port_context *c)
{
	uint32_t cfsr = SCB_CFSR;

	decide(f, c, cfsr);
	SCB_CFSR = cfsr;
	SCB_HFSR = HFSR_DEBUGEVT | HFSR_FORCED;
	/* When stacking failed, a call or fault of the same thread may be pended besides: it shall not be taken for the next one's. */
	SCB_SHCSR &= ~SHCSR_PENDED;
}

void processor_kernel_fault(struct core_fault *f, bool assertion)
{
	uint32_t cfsr = SCB_CFSR;

	f->address_valid = cfsr & (CFSR_MMARVALID | CFSR_BFARVALID);
	f->address = cfsr & CFSR_MMARVALID ? SCB_MMFAR : SCB_BFAR;
	if (assertion)
		f->cause = CORE_CAUSE_KERNEL;
	else if (!f->pc || cfsr & (CFSR_MSTKERR | CFSR_STKERR))
		f->cause = CORE_CAUSE_STACK;
	else if (cfsr & CFSR_USAGE)
		usage_fault(f, cfsr);
	else
		f->cause = CORE_CAUSE_BUS;
}

