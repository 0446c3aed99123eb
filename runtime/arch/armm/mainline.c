/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings of an Armv7-M or Armv8-M Mainline processor at reset: one priority
 * for all but HardFault; each kind of fault has its own exception; division by zero faults.
 */
#include "mainline.h"

void mainline_init(const void *vectors)
{
	SCB_VTOR = (uint32_t)vectors;
	SCB_SHCSR |= SHCSR_MEM_BUS_USAGE;
	SCB_CCR |= CCR_DIV_0_TRP | CCR_STKALIGN;
#if PORT_FPU
	FPU_FPCCR = FPCCR_ASPEN;		/* no lazy stacking: it would store under another's protection */
	SCB_CPACR = 0;
#endif
}

/* The kernel sees all memory, a service what the regions open. */
void mainline_protect(void)
{
	MPU_CTRL = PORT_ISOLATION ? MPU_ENABLE | MPU_PRIVDEFENA : 0;
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}
