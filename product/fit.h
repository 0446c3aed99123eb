/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Would a package fit beside what a product has, or on a board that is empty?  Answered from what a store's index says of it, before any of it is fetched,
 * by the very check that a product is built with (device_check): placement, devices, interfaces, shared memory, limits.
 *
 * The service is taken as granted all that it asks for and that somebody there has; what nobody there has is denied to it, and named.  So it fits exactly where
 * 'ms product add', 'grant', 'deny' and then 'check' would take it.
 */
#ifndef FIT_H
#define FIT_H

#include "device.h"
#include "storefacts.h"

/* What it asks for and nobody there has: a service with it must come along, or it does without. */
struct fit_need { const char *kind, *name; bool weak; };	/* kind: DEVICE_INTERFACE or "shared memory" */

struct fit {
	bool fits;
	struct err why;			/* where it does not */
	uint8_t target;			/* what of it would run; 0: nothing does */
	struct board_window flash, ram;	/* where it would lie, once it fits */
	struct list needs;		/* struct fit_need * */
};

/*
 * `beside`: the board, and the services that are there (none: an empty board), as device_check takes them; it is left as it is.  A service of the same
 * vendor and name is replaced, as by an update.
 */
void fit_look(const struct device *beside, const struct storefacts *f, struct arena *a, struct fit *out);

/* The service as device_check takes it, nothing said of grants; borrows the facts.  -MS_EINCOMPATIBLE when nothing of it runs on the board. */
int fit_service(const struct storefacts *f, const struct board *b, struct arena *a, struct device_service *out, struct err *e);

#endif
