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
uint32_t protection_mapped;		/* so many maps may be open in the MPU */

enum mpu_kind port_mpu(void)
{
	return MPU_V8;
}

static struct mpu_region region_of(const struct port_region *r)
{
	static const uint8_t access[] = {
		[PORT_READ_EXECUTE] = RBAR_READ_ONLY,
		[PORT_READ_WRITE] = RBAR_READ_WRITE | RBAR_XN,
		[PORT_READ_ONLY] = RBAR_READ_ONLY | RBAR_XN,
		[PORT_DEVICE] = RBAR_READ_WRITE | RBAR_XN,
	};

	if (!r)
		return (struct mpu_region){ 0 };
	return (struct mpu_region){
		.rbar = (uint32_t)r->base | access[r->access],
		.rlar = ((uint32_t)r->base + r->size - REGION_GRANULE) | (r->access == PORT_DEVICE ? RLAR_DEVICE : RLAR_NORMAL) | RLAR_ENABLE,
	};
}

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	p->region[index] = region_of(r);
	trap_changed();
	if (index == PORT_IMAGE) {
		p->image = r->base;
		p->image_size = r->size;
	} else if (index == PORT_RAM) {
		p->ram = r->base;
		p->ram_size = r->size;
	}
	for (; index >= PORT_MAPS + p->mapped; p->mapped++)
		if (index != PORT_MAPS + p->mapped)
			p->region[PORT_MAPS + p->mapped] = region_of(NULL);
}

static void set_region(uint32_t n, struct mpu_region r)
{
	MPU_RNR = n;
	MPU_RBAR[0] = r.rbar;
	MPU_RBAR[1] = r.rlar;
}

void protection_load_maps(const struct port_protection *p)
{
	for (uint32_t i = 0; i < p->mapped || i < protection_mapped; i++)
		set_region(PORT_MAPS + i, i < p->mapped ? p->region[PORT_MAPS + i] : region_of(NULL));
	protection_mapped = p->mapped;
	MPU_RNR = 0;
}

/* The part that a thread must not reach into is as large as elsewhere; any eight bytes are a limit. */
uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	uint32_t guard = (stack_size / 8 + 7) & ~UINT32_C(7);

	(void)stack_low;
	return guard < GUARD_MIN ? GUARD_MIN : guard;
}

struct port_guard protection_guard(const struct port_start *s)
{
	return (struct port_guard){ ((uint32_t)s->stack_low + s->guard_size + 7) & ~UINT32_C(7) };
}

void processor_init(const void *vectors)
{
	mainline_init(vectors);
	MPU_MAIR0 = MAIR_DEVICE_IN_ORDER << 8 | MAIR_NORMAL_CACHED;
	for (uint32_t n = 0; n < (MPU_TYPE >> 8 & 0xff); n++)
		set_region(n, region_of(NULL));
	MPU_RNR = 0;
	mainline_protect();
}
