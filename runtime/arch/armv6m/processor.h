/* SPDX-License-Identifier: Apache-2.0 */
/* What each trap needs of an Armv6-M processor, in line.  It protects nothing: services run privileged. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "port.h"

/* Nothing stopped the stack from running over; it is noticed here, with the damage done. */
static inline bool processor_lost_frame(const struct port_context *c)
{
	return c->psp < c->guard.limit;
}

static inline void processor_fpu(bool granted)
{
	(void)granted;
}

static inline void protection_load_idle(void)
{
}

static inline void protection_load(const struct port_context *c)
{
	(void)c;
}

#endif
