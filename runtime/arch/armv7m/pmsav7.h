/* SPDX-License-Identifier: Apache-2.0 */
/* The memory protection unit of Armv7-M (Armv7-M Architecture Reference Manual, B3.5). */
#ifndef PMSAV7_H
#define PMSAV7_H

#include "mainline.h"

/* RBAR and RASR, four times: writing the pairs one after the other sets four regions. */
#define MPU_RBAR	((volatile uint32_t *)0xE000ED9C)

/*
 * Where a closed region is said to be: a region's address is written before its size and rights, and what was open there until
 * then is for a moment open, or closed, at the new address.  No region reaches the system's own space, from here on.
 */
#define RBAR_NOWHERE	UINT32_C(0xE0000000)

enum {
	RBAR_VALID = 1 << 4,		/* the region's number stands in the low bits */
	RASR_ENABLE = 1, RASR_XN = 1 << 28,
	RASR_NONE = 1 << 24,		/* privileged read-write, unprivileged nothing */
	RASR_READ_WRITE = 3 << 24,	/* both read-write */
	RASR_READ_ONLY = 6 << 24,	/* both read-only */
	RASR_NORMAL = 1 << 17,		/* normal memory, cached, of one master */
	RASR_DEVICE = 5 << 16,		/* device memory, shared: in order, nothing cached or repeated */
};

#endif
