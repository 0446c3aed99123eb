/* SPDX-License-Identifier: Apache-2.0 */
/* Memory protection and security of Armv8-M Mainline (Armv8-M Architecture Reference Manual, D1.2). */
#ifndef PMSAV8_H
#define PMSAV8_H

#include "mainline.h"

/* RBAR and RLAR, four times: the pairs are those of four regions from RNR (a multiple of four) on. */
#define MPU_RBAR	((volatile uint32_t *)0xE000ED9C)
#define MPU_TYPE	REG32(0xE000ED90)	/* bits 8 to 15: how many regions there are */
#define MPU_MAIR0	REG32(0xE000EDC0)
#define SAU_SFSR	REG32(0xE000EDE4)

enum {
	RBAR_XN = 1,
	RBAR_READ_WRITE = 1 << 1,	/* both read-write */
	RBAR_READ_ONLY = 3 << 1,	/* both read-only */
	RLAR_ENABLE = 1,
	RLAR_NORMAL = 0 << 1,		/* attributes 0 and 1 of MAIR0 */
	RLAR_DEVICE = 1 << 1,
	MAIR_NORMAL_CACHED = 0xff, MAIR_DEVICE_IN_ORDER = 0x04,
	REGION_GRANULE = 32,
};

#endif
