/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory protection by PMSAv8, in seven regions: the image, the RAM, five that a service maps.  Stacks
 * end at a limit that the processor knows.  All runs in Secure state: as long as the security
 * attribution unit is off, no memory is Non-secure, and a thread that branches there faults at once.
 */
#include "processor.h"
#include "trap.h"

enum { GUARD_MIN = 32 };

const uint32_t port_isolation = PORT_ISOLATION ? 8 : 0;

enum mpu_kind port_mpu(void)
{
	return MPU_V8;
}

uint32_t protection_init(void)
{
	MPU_MAIR0 = MAIR_DEVICE_IN_ORDER << 8 | MAIR_NORMAL_CACHED;
	return MPU_TYPE >> 8 & 0xff;
}

struct mpu_region protection_region(uint32_t index, const struct port_region *r)
{
	static const uint8_t access[] = {
		[PORT_READ_EXECUTE] = RBAR_READ_ONLY,
		[PORT_READ_WRITE] = RBAR_READ_WRITE | RBAR_XN,
		[PORT_READ_ONLY] = RBAR_READ_ONLY | RBAR_XN,
		[PORT_DEVICE] = RBAR_READ_WRITE | RBAR_XN,
	};

	(void)index;
	/* A region's start is written before its end: above all ends it opens nothing until then. */
	if (!r)
		return (struct mpu_region){ .rbar = UINT32_MAX - (REGION_GRANULE - 1) };
	return (struct mpu_region){
		.rbar = (uint32_t)r->base | access[r->access],
		.rest = ((uint32_t)r->base + r->size - REGION_GRANULE) | (r->access == PORT_DEVICE ? RLAR_DEVICE : RLAR_NORMAL) | RLAR_ENABLE,
	};
}

/* The part that a thread must not reach into is as large as elsewhere; any eight bytes are a limit. */
uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	uint32_t guard = (stack_size / 8 + 7) & ~UINT32_C(7);

	(void)stack_low;
	return guard < GUARD_MIN ? GUARD_MIN : guard;
}

/* Where the limit forbade it to store a frame the stack pointer is at the limit: it is no address that a frame may have. */
uint32_t protection_guard(const struct port_start *s, struct port_guard *out)
{
	out->limit = ((uint32_t)s->stack_low + s->guard_size + 7) & ~UINT32_C(7);
	return out->limit + 8;
}
