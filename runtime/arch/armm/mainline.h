/* SPDX-License-Identifier: Apache-2.0 */
/* The registers that Armv7-M and Armv8-M Mainline share: faults that say what they are, FPU, vector table. */
#ifndef MAINLINE_H
#define MAINLINE_H

#include "armm.h"
#include "mainline_context.h"

#define SCB_VTOR	REG32(0xE000ED08)
#define SCB_CCR		REG32(0xE000ED14)
#define SCB_SHCSR	REG32(0xE000ED24)
#define SCB_CFSR	REG32(0xE000ED28)
#define SCB_HFSR	REG32(0xE000ED2C)
#define SCB_MMFAR	REG32(0xE000ED34)
#define SCB_BFAR	REG32(0xE000ED38)
#define SCB_CPACR	REG32(0xE000ED88)
#define MPU_CTRL	REG32(0xE000ED94)
#define MPU_RNR		REG32(0xE000ED98)
#define FPU_FPCCR	REG32(0xE000EF34)

enum {
	CFSR_IACCVIOL = 1 << 0, CFSR_DACCVIOL = 1 << 1, CFSR_MUNSTKERR = 1 << 3, CFSR_MSTKERR = 1 << 4,
	CFSR_MLSPERR = 1 << 5, CFSR_MMARVALID = 1 << 7,
	CFSR_PRECISERR = 1 << 9, CFSR_UNSTKERR = 1 << 11, CFSR_STKERR = 1 << 12, CFSR_BFARVALID = 1 << 15,
	CFSR_BUS = 0xff << 8,
	CFSR_NOCP = 1 << 19, CFSR_STKOF = 1 << 20, CFSR_UNALIGNED = 1 << 24, CFSR_DIVBYZERO = 1 << 25,
	CFSR_USAGE = 0x31f << 16,

	CCR_DIV_0_TRP = 1 << 4, CCR_STKALIGN = 1 << 9,
	SHCSR_MEM_BUS_USAGE = 7 << 16, SHCSR_PENDED = 0xf << 12,
	CPACR_FPU = 0xf << 20,

	MPU_ENABLE = 1, MPU_PRIVDEFENA = 4,
};

#define HFSR_DEBUGEVT		(UINT32_C(1) << 31)
#define HFSR_FORCED		(UINT32_C(1) << 30)
#define FPCCR_ASPEN		(UINT32_C(1) << 31)

/* What a region (NULL: a closed one) is to the MPU, as each architecture has it; protection_set in its processor.h loads one. */
struct port_region;
struct mpu_region protection_region(uint32_t index, const struct port_region *r);

/* Open what the service of the running thread has mapped beyond one region, and close what else was; the same with the FPU.  For the exception entries. */
void protection_more(void);

/* How many regions the MPU has, and what else it needs at reset. */
uint32_t protection_init(void);

#endif
