/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a debugger sees of a Cortex-M4 or M7 (ARMv7-M manual, part C): halting, core registers through DCRSR, vector catch,
 * reset, breakpoints; watchpoint comparators only keep what is written into them.  What runs on it is vthumb.h.
 */
#ifndef VCORE_H
#define VCORE_H

#include <stdbool.h>
#include <stdint.h>

enum { VCORE_REGISTERS = 97, VCORE_COMPARATORS = 8 };

struct vcore {
	uint32_t reg[VCORE_REGISTERS];	/* by DCRSR's number: r0 to r15, xPSR, MSP, PSP, ... */
	uint32_t dcrdr, demcr, dfsr, fp_control, dwt_control, vtor, aircr;
	uint32_t fp[VCORE_COMPARATORS], dwt[16];
	uint8_t it;			/* the IT block that it is in */
	bool debug, halted, locked_up, mask, reset_seen, retired;
	void (*reset_system)(void *board);	/* SYSRESETREQ */
	void (*execute_one)(void *board);	/* for a step */
	void *board;
	uint32_t identity;		/* CPUID */
};

/* Out of reset, with the first two words of its vector table. */
void vcore_reset(struct vcore *c, uint32_t sp, uint32_t pc);

/* Does a breakpoint stop it before the instruction at this address? */
bool vcore_breaks(const struct vcore *c, uint32_t pc);

/* The private peripheral bus, 0xe0000000 to 0xe00fffff, whole words; what is not there reads 0. */
uint32_t vcore_read(struct vcore *c, uint32_t address);
void vcore_write(struct vcore *c, uint32_t address, uint32_t value);

#endif
