/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Carriers: what a thread of a service runs on here, a coroutine on a stack
 * in the service's own memory.
 */
#ifndef CARRIER_H
#define CARRIER_H

#include "pages.h"
#include "port.h"
#include "switch.h"

struct carrier {
	const struct port_context *context;	/* whose; NULL: free */
	struct area *area;
	uint32_t reset;				/* of the area, when the stack was taken */
	uintptr_t stack_low, stack_top;
	uintptr_t entry, argument[4];
	uintptr_t block;			/* thread block */
	struct switch_stack stack;
	void *fake_stack;			/* the sanitizers' */
	struct trap_result result;		/* of the call it made */
	uintptr_t caller, frame;		/* where it made it */
	uintptr_t own;				/* where that is in its author's code, if somebody may ask (schedule.h); 0 */
	bool called;				/* and has not gone on yet */
};

/* Why a carrier stopped running. */
enum carrier_event { CARRIER_CALL, CARRIER_ANSWERED, CARRIER_FAULT };

/* Take a carrier for a context and set it to start.  NULL when there is none left. */
struct carrier *carrier_start(const struct port_context *c, const struct port_start *start);

/* Run it until it calls the kernel (*call says what for), gives way after a call that was answered, or faults (*fault says how). */
enum carrier_event carrier_run(struct carrier *c, struct core_call *call, struct core_fault *fault);

/* The one that runs, or NULL while kernel or test do. */
struct carrier *carrier_running(void);

/* From the running carrier: call the kernel and wait for the result; NULL: of a call that was answered. */
struct trap_result carrier_call(const struct core_call *call);

/* From a signal handler: the running carrier has faulted and never runs again. */
_Noreturn void carrier_abandon(const struct core_fault *fault);

/*
 * The test is back on its own stack, and nothing of what was going on goes on: if a service was running, a function of the test
 * that it had called, such as a mock, has failed and left it by longjmp.
 */
void carrier_forsake(void);

#endif
