/* SPDX-License-Identifier: Apache-2.0 */
/* What core asks of any Cortex-M about a thread's registers and about memory. */
#include <string.h>

#include "armm.h"
#include "trap.h"

enum { XPSR_THUMB = 1 << 24 };

void port_thread_init(struct port_context *c, const struct port_start *s)
{
	struct port_guard guard;
	uint32_t limit = protection_guard(s, &guard);
	uint32_t frame_size = s->fpu ? FRAME_SIZE_FPU : FRAME_SIZE, saved_size = s->fpu ? SAVED_SIZE_FPU : SAVED_SIZE;
	uint32_t psp = ((uint32_t)s->stack_top & ~UINT32_C(7)) - frame_size;
	uint32_t *frame = (uint32_t *)psp;

	if (limit < s->stack_low + saved_size)
		limit = s->stack_low + saved_size;
	*c = (struct port_context){
		.psp = psp,
		.limit = limit,
		.span = s->protection->ram + s->protection->ram_size - frame_size - limit,
		.protection = s->protection,
		.exc_return = s->fpu ? EXC_RETURN_THREAD & ~EXC_RETURN_BASIC : EXC_RETURN_THREAD,
		.thread_pointer = s->thread_pointer,
		.guard = guard,
	};
	protection_start(s);
	memset((void *)(psp - saved_size), 0, saved_size + frame_size);
	frame[SAVED_R4 + 9 - 4] = s->data_base;
	memcpy(frame, s->argument, sizeof(s->argument));
	frame[FRAME_LR] = UINT32_MAX;
	frame[FRAME_PC] = s->entry;
	frame[FRAME_XPSR] = XPSR_THUMB;
}

void port_thread_end(struct port_context *c)
{
	if (trap_state.running == c)
		trap_state.running = NULL;
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
	f->sp = frame_end(c, frame);
}

void port_copy_in(void *to, uintptr_t from, size_t size)
{
	memcpy(to, (const void *)from, size);
}

void port_copy_out(uintptr_t to, const void *from, size_t size)
{
	memcpy((void *)to, from, size);
}

void port_copy(uintptr_t to, uintptr_t from, size_t size)
{
	memcpy((void *)to, (const void *)from, size);
}

void port_clear(uintptr_t at, size_t size)
{
	memset((void *)at, 0, size);
}

_Noreturn void port_halt(void)
{
	__asm__ volatile("cpsid i");
	for (;;)
		__asm__ volatile("wfi");
}
