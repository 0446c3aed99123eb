/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between Armv7-M and Armv8-M Mainline, in line: here Armv7-M. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "pmsav7.h"
#include "port.h"

/* Does the address lie in the closed part of the thread's stack? */
static inline bool processor_in_guard(const struct port_context *c, uint32_t address)
{
	const struct mpu_region *guard = &c->guard.region;

	return (guard->rest & RASR_ENABLE) && address - (guard->rbar & ~UINT32_C(31)) < UINT32_C(2) << (guard->rest >> 1 & 31);
}

/* Armv7-M knows one state only. */
static inline bool processor_security_fault(void)
{
	return false;
}

/* Set region n of the MPU; it is closed first, or a large one would for a moment lie at the new address. */
static inline void protection_set(uint32_t n, struct mpu_region r)
{
	MPU_RNR = n;
	MPU_RBAR[1] = 0;
	MPU_RBAR[0] = r.rbar | RBAR_VALID | n;
	MPU_RBAR[1] = r.rest;
}

#endif
