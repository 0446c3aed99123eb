/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JTAG chain of an STM32F4 or F7 (IEEE 1149.1): the boundary scan's TAP at TDI, the processor's debug port behind it at
 * TDO, one controller of sixteen states for both, as they share TCK and TMS.
 */
#ifndef VTAP_H
#define VTAP_H

#include "vdap.h"

struct vtap {
	unsigned ir_size, ir, dr_size;
	uint64_t shift;
	uint32_t id;
};

struct vchain {
	struct vdap *dap;
	struct vtap scan, cpu;
	unsigned state;
	bool clock, ir_now;		/* the instruction registers are in the path */
	uint32_t result;		/* of the last transfer with the port */
};

void vchain_init(struct vchain *c, struct vdap *dap, uint32_t cpu_id, uint32_t scan_id);

/* The pins change. */
void vchain_write(struct vchain *c, bool tck, bool tms, bool tdi);

/* What TDO shows. */
bool vchain_tdo(const struct vchain *c);

#endif
