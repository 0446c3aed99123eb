/* SPDX-License-Identifier: Apache-2.0 */
/* The registers of an ARMv7-M core that the port uses (Armv7-M Architecture Reference Manual, B3). */
#ifndef ARMV7M_H
#define ARMV7M_H

#include <stdint.h>

#define REG32(address) (*(volatile uint32_t *)(address))

#define SCB_VTOR	REG32(0xE000ED08)
#define SCB_AIRCR	REG32(0xE000ED0C)
#define SCB_CCR		REG32(0xE000ED14)
#define SCB_SHPR	((volatile uint8_t *)0xE000ED18)	/* [n - 4]: priority of exception n */
#define SCB_SHCSR	REG32(0xE000ED24)
#define SCB_CFSR	REG32(0xE000ED28)
#define SCB_HFSR	REG32(0xE000ED2C)
#define SCB_MMFAR	REG32(0xE000ED34)
#define SCB_BFAR	REG32(0xE000ED38)
#define SCB_CPACR	REG32(0xE000ED88)
#define FPU_FPCCR	REG32(0xE000EF34)
#define NVIC_ISER	((volatile uint32_t *)0xE000E100)
#define NVIC_IPR	((volatile uint8_t *)0xE000E400)
#define MPU_TYPE	REG32(0xE000ED90)
#define MPU_CTRL	REG32(0xE000ED94)
#define MPU_RBAR	REG32(0xE000ED9C)
#define MPU_RASR	REG32(0xE000EDA0)
#define MPU_RBAR_A1	REG32(0xE000EDA4)
#define MPU_RASR_A1	REG32(0xE000EDA8)
#define MPU_RBAR_A2	REG32(0xE000EDAC)
#define MPU_RASR_A2	REG32(0xE000EDB0)

enum {
	CFSR_IACCVIOL = 1 << 0, CFSR_DACCVIOL = 1 << 1, CFSR_MUNSTKERR = 1 << 3, CFSR_MSTKERR = 1 << 4,
	CFSR_MLSPERR = 1 << 5, CFSR_MMARVALID = 1 << 7,
	CFSR_PRECISERR = 1 << 9, CFSR_UNSTKERR = 1 << 11, CFSR_STKERR = 1 << 12, CFSR_BFARVALID = 1 << 15,
	CFSR_BUS = 0xff << 8,
	CFSR_NOCP = 1 << 19, CFSR_UNALIGNED = 1 << 24, CFSR_DIVBYZERO = 1 << 25,
	CFSR_USAGE = 0x30f << 16,

	CCR_DIV_0_TRP = 1 << 4, CCR_STKALIGN = 1 << 9,
	SHCSR_MEM_BUS_USAGE = 7 << 16, SHCSR_PENDED = 0xf << 12,
	CPACR_FPU = 0xf << 20,

	MPU_ENABLE = 1, MPU_PRIVDEFENA = 4,
	RBAR_VALID = 1 << 4,
	RASR_ENABLE = 1, RASR_XN = 1 << 28,
	RASR_NONE = 1 << 24,		/* privileged read-write, unprivileged nothing */
	RASR_READ_WRITE = 3 << 24,	/* both read-write */
	RASR_READ_ONLY = 6 << 24,	/* both read-only */
	RASR_NORMAL = 1 << 17,		/* normal memory, cached, of one master */
};

#define AIRCR_RESET		UINT32_C(0x05FA0004)
#define HFSR_DEBUGEVT		(UINT32_C(1) << 31)
#define HFSR_FORCED		(UINT32_C(1) << 30)
#define FPCCR_ASPEN		(UINT32_C(1) << 31)
#define EXC_RETURN_THREAD	UINT32_C(0xFFFFFFFD)
#define EXC_RETURN_BASIC	UINT32_C(0x10)	/* the frame has no FPU state */

#endif
