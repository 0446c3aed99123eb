/* SPDX-License-Identifier: Apache-2.0 */
#include "vcore.h"

#include <string.h>

enum {
	HALT_DEBUG = 1 << 0, HALT_HALT = 1 << 1, HALT_STEP = 1 << 2, HALT_MASK = 1 << 3,
	HALT_READY = 1 << 16, HALT_HALTED = 1 << 17, HALT_LOCKED_UP = 1 << 19, HALT_RETIRED = 1 << 24, HALT_RESET = 1 << 25,
	DEMCR_CATCH_RESET = 1 << 0, DEMCR_KEPT = 0x010f07f1,
	DFSR_HALTED = 1 << 0, DFSR_CATCH = 1 << 3,
	REGISTER_WRITE = 1 << 16, REG_SP = 13, REG_LR = 14, REG_PC = 15, REG_XPSR = 16, REG_MSP = 17,
	AIRCR_RESET = 1 << 2, XPSR_THUMB = 1 << 24, COMPARATORS_6_AND_2 = 0x260, BREAKPOINTS = 6,
};
#define DWT_CTRL	0xe0001000
#define DWT_FUNCTIONS	0xe0001020
#define FP_CTRL		0xe0002000
#define FP_COMP		0xe0002008
#define CPUID		0xe000ed00
#define VTOR		0xe000ed08
#define AIRCR		0xe000ed0c
#define DFSR		0xe000ed30
#define DHCSR		0xe000edf0
#define DCRSR		0xe000edf4
#define DCRDR		0xe000edf8
#define DEMCR		0xe000edfc
#define MVFR0		0xe000ef40
#define MVFR1		0xe000ef44
#define HALT_KEY	UINT32_C(0xa05f0000)
#define RESET_KEY	UINT32_C(0x05fa0000)
#define KEY_READ	UINT32_C(0xfa050000)

/* Debug state survives a reset of the system, as on the chip: so a debugger catches the first instruction. */
void vcore_reset(struct vcore *c, uint32_t sp, uint32_t pc)
{
	memset(c->reg, 0, sizeof(c->reg));
	c->reg[REG_SP] = c->reg[REG_MSP] = sp & ~3u;
	c->reg[REG_PC] = pc & ~1u;
	c->reg[REG_LR] = UINT32_MAX;
	c->reg[REG_XPSR] = XPSR_THUMB;
	c->vtor = c->it = 0;
	c->locked_up = false;
	c->reset_seen = true;
	c->halted = c->debug && c->demcr & DEMCR_CATCH_RESET;
	if (c->halted)
		c->dfsr |= DFSR_CATCH;
}

static uint32_t read_halt(struct vcore *c)
{
	uint32_t v = HALT_READY | (c->debug ? HALT_DEBUG : 0) | (c->halted ? HALT_HALTED | HALT_HALT : 0) | (c->mask ? HALT_MASK : 0) | (c->locked_up ? HALT_LOCKED_UP : 0) |
		     (c->reset_seen ? HALT_RESET : 0) | (c->retired ? HALT_RETIRED : 0);

	c->reset_seen = false;
	c->retired = !c->halted;
	return v;
}

static void write_halt(struct vcore *c, uint32_t value)
{
	if ((value & 0xffff0000) != HALT_KEY)
		return;
	c->debug = value & HALT_DEBUG;
	c->mask = value & HALT_MASK;
	bool was = c->halted, step = was && (value & (HALT_STEP | HALT_HALT)) == HALT_STEP;
	c->halted = c->debug && value & HALT_HALT;
	if (step)
		c->execute_one(c->board);
	c->halted |= step;
	if (c->halted && (step || !was))
		c->dfsr |= DFSR_HALTED;
	c->retired |= !c->halted || step;
	c->locked_up = c->locked_up && !c->halted;
}

/* Both stack pointers are shown; r13 is the main one, as nothing runs that would choose the other. */
static void transfer(struct vcore *c, uint32_t value)
{
	uint32_t number = value & 0x7f;

	if (number >= VCORE_REGISTERS || !c->halted)
		return;
	if (!(value & REGISTER_WRITE)) {
		c->dcrdr = c->reg[number];
		return;
	}
	c->it = 0;
	c->reg[number] = number == REG_PC ? c->dcrdr & ~1u : c->dcrdr;
	if (number == REG_SP || number == REG_MSP)
		c->reg[REG_SP] = c->reg[REG_MSP] = c->dcrdr & ~3u;
}

/* A comparator watches one halfword of a word, or both. */
bool vcore_breaks(const struct vcore *c, uint32_t pc)
{
	for (int i = 0; c->fp_control & 1 && i < BREAKPOINTS; i++)
		if (c->fp[i] & 1 && (c->fp[i] & 0x1ffffffc) == (pc & ~3u) && c->fp[i] >> (pc & 2 ? 31 : 30) & 1)
			return true;
	return false;
}

static uint32_t *storage(struct vcore *c, uint32_t address)
{
	if (address >= FP_COMP && address < FP_COMP + sizeof(c->fp))
		return &c->fp[(address - FP_COMP) / 4];
	if (address >= DWT_FUNCTIONS && address < DWT_FUNCTIONS + sizeof(c->dwt))
		return &c->dwt[(address - DWT_FUNCTIONS) / 4];
	return NULL;
}

uint32_t vcore_read(struct vcore *c, uint32_t address)
{
	const uint32_t *at = storage(c, address);

	switch (address) {
	case CPUID: return c->identity;
	case MVFR0: return 0x10110021;
	case MVFR1: return 0x11000011;
	case VTOR: return c->vtor;
	case AIRCR: return KEY_READ | (c->aircr & 0x700);
	case DFSR: return c->dfsr;
	case DHCSR: return read_halt(c);
	case DCRDR: return c->dcrdr;
	case DEMCR: return c->demcr;
	case FP_CTRL: return COMPARATORS_6_AND_2 | (c->fp_control & 1);
	case DWT_CTRL: return 0x40000000 | (c->dwt_control & 0x0fffffff);
	default: return at ? *at : 0;
	}
}

void vcore_write(struct vcore *c, uint32_t address, uint32_t value)
{
	uint32_t *at = storage(c, address);

	switch (address) {
	case VTOR: c->vtor = value & 0x3fffff80; break;
	case AIRCR:
		if ((value & 0xffff0000) != RESET_KEY)
			break;
		c->aircr = value;
		if (value & AIRCR_RESET)
			c->reset_system(c->board);
		break;
	case DFSR: c->dfsr &= ~value; break;
	case DHCSR: write_halt(c, value); break;
	case DCRSR: transfer(c, value); break;
	case DCRDR: c->dcrdr = value; break;
	case DEMCR: c->demcr = value & DEMCR_KEPT; break;
	case FP_CTRL: c->fp_control = value & 2 ? value & 1 : c->fp_control; break;
	case DWT_CTRL: c->dwt_control = value; break;
	default:
		if (at)
			*at = value;
	}
}
