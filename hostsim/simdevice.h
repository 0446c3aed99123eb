/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The simulated device from inside: core, started with the services of this
 * program, and the loop that a processor would be.
 */
#ifndef SIMDEVICE_H
#define SIMDEVICE_H

#include "pages.h"
#include "service.h"

/* What is known of one service's life beside what core knows. */
struct life {
	struct area *area;
	struct service *service;
	int exit_status;		/* of its last exit; -1: none yet */
	bool faulted;
	struct core_fault fault;	/* its last */
	uintptr_t fault_own_pc;		/* the place in its author's code, or 0 */
	uint64_t fault_nsec;
	uint32_t fault_thread;
};

/* Power on: everything as linked. */
void device_reset(void);

/* The same as it is when a program starts: nobody has opened it (sim.c). */
void device_fresh(void);

/* The service of this name, or NULL. */
struct life *device_life(const char *name);
struct life *device_life_of(const struct area *a);	/* once the device has been reset */

/* Which of the program's services it is, from 0. */
size_t device_place(const struct life *l);

/* Faults of services since the process began, whatever was switched off in between; and the last. */
struct device_faults {
	uint32_t count;
	const char *service, *cause;	/* "write to memory that is not its own" */
	uintptr_t own_pc;
};
const struct device_faults *device_faults(void);

/* "write to memory that is not its own" */
const char *device_cause(enum core_cause cause);

/* Bytes that are given out of the heaps of services that run, or have not been started: the test may have called their functions. */
uint64_t device_heap_used(void);

/* Start a service, unless it was. */
void device_start(struct life *l);

/*
 * Run until the clock reads `until_nsec`, or, unless it is to `reach` that
 * time whatever happens, until nothing can happen any more.  Called by the
 * test's thread, outside of services.
 */
void device_run(uint64_t until_nsec, bool reach);

/* From within a device that runs, in a model of a device: it is not run any more, whoever ran it is not returned to. */
void device_leave(void);

/*
 * A call that concerns its caller alone is answered where it is made, on the caller's stack, if nobody is to choose who
 * goes on.  DEVICE_GOES_ON: and the caller does; DEVICE_ANSWERED: somebody else may, and the carrier gives way.
 */
enum device_answer { DEVICE_ASKED, DEVICE_ANSWERED, DEVICE_GOES_ON };
enum device_answer device_answer(const struct core_call *call, struct carrier *c);

#endif
