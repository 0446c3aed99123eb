/* SPDX-License-Identifier: Apache-2.0 */
/* The gate (gate.h): from a running service into the kernel, or, when the test itself called a service's function, to what the call means without one. */
#include "carrier.h"

#include <ms/abi/abi.h>

#include "allocates.h"
#include "backtrace.h"
#include "direct.h"
#include "schedule.h"
#include "simdevice.h"
#include "site.h"

/* Unwinding takes longer than most calls: it is left out for those that end by themselves. */
static bool is_for_ever(uintptr_t low, uintptr_t high)
{
	return ((uint64_t)(uint32_t)high << 32 | (uint32_t)low) == MS_FOREVER;
}

/* Nothing of the simulation may be touched before the kernel is open: a service's stack and this code are all there is. */
struct trap_result ms_gate(uint32_t number, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
			   uintptr_t a4, uintptr_t a5)
{
	if (number == SITE_ALLOCATES && !site_watched())
		return (struct trap_result){ 0, 0 };
	pages_open_kernel();

	struct core_call call = { .number = number, .argument = { a0, a1, a2, a3, a4, a5 } };
	struct carrier *c = carrier_running();
	uintptr_t caller = (uintptr_t)__builtin_return_address(0), frame = (uintptr_t)__builtin_frame_address(0);
	struct trap_result result = { 0, 0 };

	if ((site_watched() && site_fails(&call, c ? c->area : pages_executor(caller), c, caller, frame, &result)) || number == SITE_ALLOCATES) {
		if (c)
			pages_close_kernel();
		return result;
	}

	if (!c)
		return direct_call(&call, pages_executor(caller));
	c->caller = caller;
	c->frame = frame;
	if (number == MS_SYS_exit || (number >= MS_SYS_psa_version && number != SCHEDULE_POINT))	/* misuse of these is a fault, and what led to it is of interest */
		backtrace_take(caller, c->frame);
	c->own = 0;
	if ((number == MS_SYS_futex_wait && is_for_ever(a2, a3)) || schedule_asks_where(number)) {	/* who asks why a thread does not go on wants to know where */
		backtrace_take(caller, c->frame);
		c->own = backtrace_own();
	}
	switch (device_answer(&call, c)) {
	case DEVICE_GOES_ON:
		result = c->result;
		pages_close_kernel();
		return result;
	case DEVICE_ANSWERED:
		return carrier_call(NULL);
	default:
		return carrier_call(&call);
	}
}
