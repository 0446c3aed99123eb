/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between Armv7-M and Armv8-M Mainline, in line: here Armv8-M. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "pmsav8.h"
#include "port.h"

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

/* Set region n of the MPU, closed first; the exception entries rely on 0 being selected. */
static inline void protection_set(uint32_t n, struct mpu_region r)
{
	MPU_RNR = n;
	MPU_RBAR[1] = 0;
	MPU_RBAR[0] = r.rbar;
	MPU_RBAR[1] = r.rest;
	MPU_RNR = 0;
}

#endif
