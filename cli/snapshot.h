/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a board's memory holds at one moment about its services and threads, read from outside by the symbols of
 * runtime and services: it costs the device nothing.  What lies in a service's memory may be anything.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <ms/abi/stack.h>

#include "gdbremote.h"
#include "plan.h"

struct snapshot_thread {
	uint32_t number;		/* 0: the main thread */
	bool ended;
	bool known;			/* the rest is; else it was not made by ms_thread_create, or without a block */
	struct ms_stack stack;
	uint32_t guard;			/* bytes at its low end that it must not reach */
	uint32_t used, unused;		/* at most, and never, of what lies above the guard; of the main thread, since the service's last start */
	uint32_t block;			/* address of its block */
};

struct snapshot_service {
	const struct plan_service *of;
	const char *state;		/* "running", "stopped", "back-off", "quarantined"; "refused": not the runtime's */
	uint32_t starts;
	uint32_t flash_taken, ram_taken;	/* the extents that the runtime opens to it; 0 of one that was refused */
	bool heap_known;		/* the library's symbols are at hand */
	uint32_t heap_used;		/* of device.header.heap_size, at most */
	struct list threads;		/* struct snapshot_thread *, the main thread first */
};

/* All services of the plan, in its order; a list of struct snapshot_service *. */
int snapshot_take(const struct plan *p, struct gdbremote *g, struct arena *a, struct list *out, struct err *e);

#endif
