/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory protection by PMSAv7, in eight regions: the image, the RAM, five that
 * a service maps, and above them in force the guard of the running thread's stack.
 */
#include "processor.h"
#include "trap.h"

enum { REGION_GUARD = PORT_REGIONS, REGION_MIN = 32, REGION_COUNT = 8 };

const uint32_t port_isolation = PORT_ISOLATION ? 7 : 0;

enum mpu_kind port_mpu(void)
{
	return MPU_V7;
}

uint32_t protection_init(void)
{
	return REGION_COUNT;
}

/* RASR's size and sub-region bits for a legal extent: the eighths of its window that it does not cover stay closed. */
static uint32_t rasr_size(uint32_t base, uint32_t size, uint32_t *window)
{
	uint32_t r = region_window(base, size), eighth = r / 8;
	uint32_t first = (base & (r - 1)) / eighth, count = size / eighth;
	uint32_t open = ((UINT32_C(1) << count) - 1) << first;

	*window = base & ~(r - 1);
	return (~open & 0xff) << 8 | (region_log2(r) - 1u) << 1 | RASR_ENABLE;
}

struct mpu_region protection_region(uint32_t index, const struct port_region *r)
{
	static const uint32_t access[] = {
		[PORT_READ_EXECUTE] = RASR_NORMAL | RASR_READ_ONLY,
		[PORT_READ_WRITE] = RASR_NORMAL | RASR_READ_WRITE | RASR_XN,
		[PORT_READ_ONLY] = RASR_NORMAL | RASR_READ_ONLY | RASR_XN,
		[PORT_DEVICE] = RASR_DEVICE | RASR_READ_WRITE | RASR_XN,
	};
	uint32_t window = RBAR_NOWHERE, rasr = 0;

	if (r)
		rasr = rasr_size(r->base, r->size, &window) | access[r->access];
	return (struct mpu_region){ window | RBAR_VALID | index, rasr };
}

/* The least power of two of at least an eighth of the stack, on the first boundary of its own size. */
uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	uint32_t guard = UINT32_C(1) << region_log2(stack_size / 8);

	(void)stack_low;
	return guard < REGION_MIN ? REGION_MIN : guard;
}

uint32_t protection_guard(const struct port_start *s, struct port_guard *out)
{
	uint32_t base = ((uint32_t)s->stack_low + s->guard_size - 1) & ~(s->guard_size - 1);

	out->region = (struct mpu_region){ RBAR_NOWHERE | RBAR_VALID | REGION_GUARD, 0 };
	if (!s->guard_size || base + s->guard_size > s->stack_top)
		return (uint32_t)s->stack_low;
	out->region.rbar = base | RBAR_VALID | REGION_GUARD;
	out->region.rest = RASR_NONE | RASR_XN | RASR_NORMAL | (region_log2(s->guard_size) - 1u) << 1 | RASR_ENABLE;
	return base + s->guard_size;
}
