/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory protection of the simulated device: page tables in place of an MPU.
 *
 * While a service runs, the memory of all others and all of the kernel (core
 * and this simulation, section ms_kernel) are closed.  While the kernel runs
 * nothing of it is closed to itself; while the test runs, nothing is closed.
 * With TESTFRAME_OPEN in the environment nothing ever is: a switch between services then takes no system call of the PC.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate.h"
#include "port.h"
#include "simlayout.h"

/* The kernel's data that few tests use lies behind the rest: what closing and opening cost goes by the pages that are there, and by how far they are apart. */
#define SELDOM __attribute__((section("ms_seldom")))

/* One service of the program as the protection sees it. */
struct area {
	struct ms_instance instance;		/* a copy: its own lies in its own memory */
	uintptr_t low;				/* of all its stacks; page 0 is a guard */
	uintptr_t main_stack;			/* lowest address of the main stack; a guard page lies below */
	uint32_t stacks;			/* bit i: thread stack i is taken */
	uint32_t resets;
	uintptr_t block;			/* thread block whose thread-local data is in place (locals.h); 0: nobody's */
	bool open;
	bool entered;				/* it has run, or was reached, since the last reset */
	const uint64_t *linked;			/* what its data is after a reset; NULL: the pages know */
	struct port_region window[PORT_REGIONS - 2];	/* what it has mapped (windows.h); size 0: nothing */
};

/* Find the program's services and take their stacks' addresses.  Called once, before main. */
void pages_init(void);

struct area *pages_areas(size_t *count);

/* The service that owns an address, stacks and guards included, or whose code it is; NULL. */
struct area *pages_owner(uintptr_t at);
struct area *pages_executor(uintptr_t pc);

/* A stack beside the main one, until it is given back or all are by the next reset: its lowest address; 0 when there is none. */
uintptr_t pages_take_stack(struct area *a);
void pages_give_stack(struct area *a, uintptr_t low);

/* Memory of the service as it was linked; stacks empty. */
void pages_reset(struct area *a);

/* Is the byte in a guard page of this area? */
bool pages_is_guard(const struct area *a, uintptr_t at);

/* Let this service be the one whose memory is open (NULL: none), or open all. */
void pages_enter(struct area *a);
void pages_open_all(void);

/* Open what is closed at this address, for now.  False when nothing is: it is open, a guard, or nobody's. */
bool pages_open_at(uintptr_t at);

/* Open and close the kernel.  Both touch nothing of the kernel and may be called from a service's stack or a signal handler. */
void pages_open_kernel(void);
void pages_close_kernel(void);

#endif
