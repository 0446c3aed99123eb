/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that led to where a service stands: taken when it calls the kernel to abort, or faults. */
#ifndef BACKTRACE_H
#define BACKTRACE_H

#include <stddef.h>
#include <stdint.h>

/* Once, before any service runs: what unwinding needs is loaded. */
void backtrace_init(void);

/* Take the calls of the stack we are on, as far as they concern code of services; `pc` and `sp`: where it faulted. */
void backtrace_take(uintptr_t pc, uintptr_t sp);

/* Likewise when what was called at `sp` is no code. */
void backtrace_take_call(uintptr_t sp);

/* Frame i, the innermost first: its pc (of outer ones, within the call); 0 past the last. */
uintptr_t backtrace_at(size_t i);

/* The innermost frame that is of the service's author, not of a library; else the innermost; 0 when nothing is known. */
uintptr_t backtrace_own(void);

/* Where the test called the simulation, we being called by it now: the innermost frame that is neither the simulation's nor a service's; 0. */
uintptr_t backtrace_test(void);

/* From a signal handler: where the program's own code, a test's or a service's, stood when it faulted at `pc` or below; 0. */
uintptr_t backtrace_program(uintptr_t pc);

#endif
