/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Cortex-M0 has no memory protection, and this says so: isolation 0.  Services run privileged
 * in all of memory.  What remains is what core checks in system calls, and that a thread whose
 * stack has run over is stopped when the kernel is entered next.
 */
#include "trap.h"

enum { GUARD_MIN = 32 };

const uint32_t port_isolation = 0;

enum mpu_kind port_mpu(void)
{
	return MPU_NONE;
}

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	if (index == PORT_IMAGE) {
		p->image = r->base;
		p->image_size = r->size;
	} else if (index == PORT_RAM) {
		p->ram = r->base;
		p->ram_size = r->size;
	}
}

void protection_start(const struct port_start *s)
{
	s->protection->got = (uint32_t *)s->data_base;
}

uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	uint32_t guard = (stack_size / 8 + 7) & ~UINT32_C(7);

	(void)stack_low;
	return guard < GUARD_MIN ? GUARD_MIN : guard;
}

/* Nothing stops a stack from running over; it is noticed at the next entry into the kernel, with the damage done. */
uint32_t protection_guard(const struct port_start *s, struct port_guard *out)
{
	(void)out;
	return (uint32_t)s->stack_low + s->guard_size;
}

bool processor_lost_frame(void)
{
	return false;
}

/* The vector table lies at the start of flash, where the processor looks for it; the rest is as reset leaves it. */
void processor_init(const void *vectors)
{
	(void)vectors;
}
