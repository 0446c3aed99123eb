/* SPDX-License-Identifier: Apache-2.0 */
/* What each trap needs of an Armv7-M processor, in line. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "pmsav7.h"
#include "port.h"

/* Could the hardware not store the frame that is just being looked at? */
static inline bool processor_lost_frame(const struct port_context *c)
{
	(void)c;
	return SCB_CFSR & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR);
}

/* Does the address lie in the closed part of the thread's stack? */
static inline bool processor_in_guard(const struct port_context *c, uint32_t address)
{
	const struct mpu_region *guard = &c->guard.region;

	return (guard->rasr & RASR_ENABLE) && address - (guard->rbar & ~UINT32_C(31)) < UINT32_C(2) << (guard->rasr >> 1 & 31);
}

/* Armv7-M knows one state only. */
static inline bool processor_security_fault(void)
{
	return false;
}

static inline void processor_fpu(bool granted)
{
#if PORT_FPU
	SCB_CPACR = granted ? CPACR_FPU : 0;
#else
	(void)granted;
#endif
}

/* What has to be undone of the last thread's settings before idle runs. */
static inline void protection_load_idle(void)
{
}

/* Open the regions from PORT_MAPS on as the service has them; so many are open now. */
void protection_load_maps(const struct port_protection *p);
extern uint32_t protection_mapped;

/* Open the memory of a thread and its service and nothing else: image, RAM and guard are three pairs in one store. */
static inline void protection_load(const struct port_context *c)
{
	const struct port_protection *p = c->protection;

	__asm__ volatile("ldmia %0, {r4-r7}\n\tldmia %1, {r8, r12}\n\tstmia %2, {r4-r8, r12}"
			 : : "r"(p->region), "r"(&c->guard), "r"(MPU_RBAR) : "r4", "r5", "r6", "r7", "r8", "r12", "memory");
	if (p->mapped | protection_mapped)
		protection_load_maps(p);
}

#endif
