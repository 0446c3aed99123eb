/* SPDX-License-Identifier: Apache-2.0 */
/* The registers that all Cortex-M cores have (Armv6-M, Armv7-M, Armv8-M Architecture Reference Manuals). */
#ifndef ARMM_H
#define ARMM_H

#include <stdint.h>

#define REG32(address) (*(volatile uint32_t *)(address))

#define SCB_ICSR	REG32(0xE000ED04)
#define SCB_AIRCR	REG32(0xE000ED0C)
#define NVIC_ISER	((volatile uint32_t *)0xE000E100)	/* [n / 32]: a bit for each line; here enable, */
#define NVIC_ICER	((volatile uint32_t *)0xE000E180)	/* disable, */
#define NVIC_ICPR	((volatile uint32_t *)0xE000E280)	/* no longer pending */

enum { ICSR_VECTPENDING = 0x1ff << 12 };

#define AIRCR_RESET		UINT32_C(0x05FA0004)
#define EXC_RETURN_THREAD	UINT32_C(0xFFFFFFFD)	/* to a thread on PSP; on Armv8-M in Secure state */
#define EXC_RETURN_BASIC	UINT32_C(0x10)		/* the frame has no FPU state */

#endif
