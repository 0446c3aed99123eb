/* SPDX-License-Identifier: Apache-2.0 */
/* port.h on the PC: contexts are carriers, protection is pages, a halt ends the program. */
#include <string.h>

#include "carrier.h"
#include "locals.h"
#include "panic.h"
#include "simmodel.h"
#include "windows.h"

const uint32_t port_isolation = 1000;

enum mpu_kind port_mpu(void)
{
	return MPU_NONE;
}

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	if (index == 1)
		p->area = pages_owner(r->base);
	else if (index > 1)
		windows_set(p->area, index, r);
}

uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	(void)stack_low, (void)stack_size;
	return 0;	/* the stack that is used here has a page below it */
}

void port_thread_init(struct port_context *context, const struct port_start *start)
{
	context->carrier = carrier_start(context, start);
	if (!context->carrier)
		panic("no stack left for a thread");
}

void port_thread_end(struct port_context *context)
{
	(void)context;	/* its carrier is given back with the stack it runs on */
}

void port_result(struct port_context *context, int32_t status, uint64_t value)
{
	context->carrier->result = (struct trap_result){ status, value };
}

void port_where(const struct port_context *context, struct core_fault *f)
{
	f->pc = f->lr = context->carrier->caller;
	f->sp = context->carrier->frame;
}

/*
 * How many of these bytes can be reached in one piece.  Core has checked that
 * they lie between a service's first and last address, but guard pages do, too:
 * from there come zeros, and there nothing goes.
 */
static size_t reach(uintptr_t at, size_t size)
{
	struct area *a = pages_owner(at);
	size_t run = LAYOUT_PAGE - at % LAYOUT_PAGE;

	if (a && pages_is_guard(a, at))
		return 0;
	if (a)
		pages_enter(a);
	else if (windows_hold(at))
		windows_open_all();
	return run < size ? run : size;
}

void port_copy_in(void *to, uintptr_t from, size_t size)
{
	for (uint8_t *at = to; size;) {
		size_t run = reach(from, size);

		if (run == 0) {
			memset(at, 0, size);
			return;
		}
		raw_copy(at, (const void *)from, run);
		at += run, from += run, size -= run;
	}
}

void port_copy_out(uintptr_t to, const void *from, size_t size)
{
	for (const uint8_t *at = from; size;) {
		size_t run = reach(to, size);

		if (run == 0)
			return;
		raw_copy((void *)to, at, run);
		at += run, to += run, size -= run;
	}
}

void port_copy(uintptr_t to, uintptr_t from, size_t size)
{
	uint8_t piece[256];

	for (size_t part; size; to += part, from += part, size -= part) {
		part = size < sizeof(piece) ? size : sizeof(piece);
		port_copy_in(piece, from, part);
		port_copy_out(to, piece, part);
	}
}

/* Core clears whole services, before it starts them, from their first address on: the first piece does it all; and their blocks of shared memory. */
void port_clear(uintptr_t at, size_t size)
{
	struct area *a = pages_owner(at);

	if (!a) {
		windows_open_all();
		memset((void *)at, 0, size);
	}
	if (!a || at != a->low)
		return;
	pages_reset(a);
	locals_forget(a);
}

void port_calls(struct core_fault *f, uintptr_t stack, uint32_t stack_size, uintptr_t text, uint32_t text_size)
{
	(void)f, (void)stack, (void)stack_size, (void)text, (void)text_size;	/* backtrace.h knows them */
}

void port_halt(void)
{
	panic("an assertion of the kernel failed");
}
