/* SPDX-License-Identifier: Apache-2.0 */
#include "crash_stack.h"

#include <string.h>

#include "image.h"
#include "quantity.h"

/* The main thread's stack lies lowest in the service's memory: what it overflows into is below. */
void crash_note_stack(const struct crash_service *s, const struct console_fault *f, struct crash_place *out)
{
	if (strcmp(f->cause, "stack overflow") || !s->ram || !s->stack_size)
		return;
	out->main_stack = f->sp < s->ram + s->stack_size;
	out->other_stack = !out->main_stack;
	out->stack_size = s->stack_size;
}

const char *crash_advice(const struct crash_place *p, struct arena *a)
{
	if (p->other_stack)
		return "a thread's stack is used up: give ms_thread_create a larger one";
	if (!p->main_stack)
		return NULL;
	if (p->stack_size > IMAGE_STACK_MAX / 2)
		return arena_printf(a, "its stack of %u bytes is full", p->stack_size);
	return arena_printf(a, "its stack of %u bytes is full; more: memory: { stack: %s }", p->stack_size,
			    quantity_size_text(2 * p->stack_size, a));
}
