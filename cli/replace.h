/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replacing services on an emulated board that runs, by its debug port.
 *
 * The board stands still for a moment, at a place where the kernel has nothing in hand. The kernel's own functions then do what they
 * do when a service has failed: end its threads, tell its callers, start it anew.  What is different: its image, the table
 * and what the kernel has read from both were exchanged meanwhile.  Everybody else goes on where they were.
 * Where the kernel keeps what, and its functions, are known by its ELF file's symbols.
 */
#ifndef REPLACE_H
#define REPLACE_H

#include "gdbremote.h"
#include "plan.h"

/*
 * Put `next` in place of `running`, of which only those services differ for which `changed` says so (device_change).  `poke`: poke_open.
 * After a failure the board is in no state to go on with.
 */
int replace_services(struct gdbremote *g, int poke, const struct plan *running, const struct plan *next, const bool changed[], struct arena *a, struct err *e);

#endif
