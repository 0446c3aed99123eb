/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The devices of the simulated board, and their models (<ms/sim.h>, "Devices"): registers, interrupt lines, and
 * whether one becomes ready.
 */
#ifndef SIMMODEL_H
#define SIMMODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "port.h"

struct area;

/* No devices. */
void simmodel_reset(void);

/* There is a device of this name with so many lines: its number, as rules have it; UINT32_MAX: somebody else's, or too many. */
uint32_t simmodel_add(const char *name, uint32_t line_count);

/*
 * One of the gate's numbers of sdk/lib/sim/register.h: do it.  For a service (NULL: the test itself) the register must be mapped; false when it
 * is not, and nothing is done.
 */
bool simmodel_access(const struct core_call *call, const struct area *a, uint64_t *value);

/* Let a line that is open and asks enter core; false when there is none. */
bool simmodel_interrupt(void);

/* Is there a device that could ask for an interrupt? */
bool simmodel_any(void);

#endif
