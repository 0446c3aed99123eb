/* SPDX-License-Identifier: Apache-2.0 */
/* What each trap needs of an Armv8-M Mainline processor, in line. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "pmsav8.h"
#include "port.h"

/*
 * Could the hardware not store the frame that is just being looked at?  Where the
 * limit forbade it the stack pointer is at the limit; an instruction that would have
 * gone below it has left the pointer where it was, and the frame is good.
 */
static inline bool processor_lost_frame(const struct port_context *c)
{
	uint32_t cfsr = SCB_CFSR;

	return (cfsr & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR)) || ((cfsr & CFSR_STKOF) && c->psp == c->guard.limit);
}

/* The stack has a limit and no closed part: going below faults as such. */
static inline bool processor_in_guard(const struct port_context *c, uint32_t address)
{
	(void)c, (void)address;
	return false;
}

/* Did the thread try to leave Secure state?  There is nothing outside. */
static inline bool processor_security_fault(void)
{
	uint32_t sfsr = SAU_SFSR;

	SAU_SFSR = sfsr;
	return sfsr;
}

static inline void processor_fpu(bool granted)
{
#if PORT_FPU
	SCB_CPACR = granted ? CPACR_FPU : 0;
#else
	(void)granted;
#endif
}

static inline void processor_stack_limit(uint32_t limit)
{
	__asm__ volatile("msr psplim, %0" : : "r"(limit));
}

/* What has to be undone of the last thread's settings before idle runs. */
static inline void protection_load_idle(void)
{
	processor_stack_limit(0);
}

/* Open the regions from PORT_MAPS on as the service has them; so many are open now. */
void protection_load_maps(const struct port_protection *p);
extern uint32_t protection_mapped;

/* Open the memory of a thread and its service and nothing else. */
static inline void protection_load(const struct port_context *c)
{
	const struct port_protection *p = c->protection;
	const struct mpu_region *r = p->region;

	MPU_RBAR[0] = r[0].rbar;
	MPU_RBAR[1] = r[0].rlar;
	MPU_RBAR[2] = r[1].rbar;
	MPU_RBAR[3] = r[1].rlar;
	processor_stack_limit(c->guard.limit);
	if (p->mapped | protection_mapped)
		protection_load_maps(p);
}

#endif
