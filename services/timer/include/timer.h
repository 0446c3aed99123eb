/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service that drives a timer provides: a stateless PSA service, TIMER_HANDLE in the client's psa_manifest/sid.h.
 * Time is that of the device's own clock, to the microsecond.
 */
#ifndef TIMER_H
#define TIMER_H

/* Types of psa_call. */
enum {
	/*
	 * One input: uint32_t, microseconds, 1 to TIMER_USEC_MAX.  Returns PSA_SUCCESS when they have passed, not earlier.
	 * PSA_ERROR_INVALID_ARGUMENT; PSA_ERROR_INSUFFICIENT_MEMORY: TIMER_WAITER_MAX clients wait already;
	 * PSA_ERROR_HARDWARE_FAILURE: by the system's clock they have passed long since, and the device does not say so.
	 */
	TIMER_AFTER = 1,

	/* Returns how often an interrupt should have come and did not (at most INT32_MAX); the wait ended all the same. */
	TIMER_MISSED = 2,
};

#define TIMER_USEC_MAX 1000000000u
#define TIMER_WAITER_MAX 4

#endif
