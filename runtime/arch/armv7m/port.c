/* SPDX-License-Identifier: Apache-2.0 */
/* What core asks of an ARMv7-M processor: contexts, memory protection by PMSAv7, copies. */
#include "port.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "armv7m.h"
#include "trap.h"

enum { REGION_GUARD = 2, REGION_MIN = 32, XPSR_THUMB = 1 << 24 };

const uint32_t port_isolation = PORT_ISOLATION ? 7 : 0;

enum mpu_kind port_mpu(void)
{
	return MPU_V7;
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

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	uint32_t window, rasr = rasr_size(r->base, r->size, &window);

	rasr |= RASR_NORMAL | (r->access == PORT_READ_WRITE ? RASR_READ_WRITE | RASR_XN : RASR_READ_ONLY);
	p->region[index] = (struct mpu_region){ window | RBAR_VALID | index, rasr };
	if (r->access == PORT_READ_WRITE) {
		p->ram = r->base;
		p->ram_size = r->size;
	}
}

/* The least power of two of at least an eighth of the stack, on the first boundary of its own size. */
uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	uint32_t guard = UINT32_C(1) << region_log2(stack_size / 8);

	(void)stack_low;
	return guard < REGION_MIN ? REGION_MIN : guard;
}

static struct mpu_region guard_region(const struct port_start *s)
{
	uint32_t base = ((uint32_t)s->stack_low + s->guard_size - 1) & ~(s->guard_size - 1);

	if (!s->guard_size || base + s->guard_size > s->stack_top)
		return (struct mpu_region){ RBAR_VALID | REGION_GUARD, 0 };
	return (struct mpu_region){ base | RBAR_VALID | REGION_GUARD,
				    RASR_NONE | RASR_XN | RASR_NORMAL | (region_log2(s->guard_size) - 1u) << 1 | RASR_ENABLE };
}

void port_thread_init(struct port_context *c, const struct port_start *s)
{
	uint32_t size = s->fpu ? FRAME_SIZE_FPU : FRAME_SIZE;
	uint32_t psp = ((uint32_t)s->stack_top & ~UINT32_C(7)) - size;
	uint32_t *frame = (uint32_t *)psp;

	*c = (struct port_context){
		.psp = psp,
		.exc_return = s->fpu ? EXC_RETURN_THREAD & ~EXC_RETURN_BASIC : EXC_RETURN_THREAD,
		.protection = s->protection,
		.guard = guard_region(s),
		.got = (uint32_t *)s->data_base,
		.thread_pointer = s->thread_pointer,
		.fpu = s->fpu,
		.fresh = true,
	};
	c->r4_r11[9 - 4] = s->data_base;
	memset(frame, 0, size);
	memcpy(frame, s->argument, sizeof(s->argument));
	frame[FRAME_LR] = UINT32_MAX;
	frame[FRAME_PC] = s->entry;
	frame[FRAME_XPSR] = XPSR_THUMB;
}

void port_result(struct port_context *c, int32_t status, uint64_t value)
{
	uint32_t *frame = (uint32_t *)c->psp;

	frame[FRAME_R0] = (uint32_t)status;
	frame[FRAME_R1] = (uint32_t)value;
	frame[FRAME_R2] = (uint32_t)(value >> 32);
}

void port_where(const struct port_context *c, struct core_fault *f)
{
	const uint32_t *frame = (const uint32_t *)c->psp;

	f->pc = frame[FRAME_PC];
	f->lr = frame[FRAME_LR];
	f->sp = c->psp + FRAME_SIZE;
}

void port_copy_in(void *to, uintptr_t from, size_t size)
{
	memcpy(to, (const void *)from, size);
}

void port_copy_out(uintptr_t to, const void *from, size_t size)
{
	memcpy((void *)to, from, size);
}

/* By words: a legal extent begins and ends on them, and the library's memset goes by bytes. */
void port_clear(uintptr_t at, size_t size)
{
	volatile uint32_t *word = (volatile uint32_t *)at;

	for (size_t left = size / 4; left; left--)
		*word++ = 0;
}

_Noreturn void port_halt(void)
{
	__asm__ volatile("cpsid i");
	for (;;)
		__asm__ volatile("wfi");
}
