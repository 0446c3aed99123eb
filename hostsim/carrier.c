/* SPDX-License-Identifier: Apache-2.0 */
#include "carrier.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "capacity.h"
#include "sanitizer.h"

static struct carrier carriers[THREAD_MAX];

static struct {
	struct carrier *running;
	struct switch_stack stack;		/* the kernel's, while a carrier runs */
	const void *stack_low;
	size_t stack_size;
	enum carrier_event event;
	struct core_call call;
	struct core_fault fault;
} kernel;

struct carrier *carrier_running(void)
{
	return kernel.running;
}

static size_t stack_size(const struct carrier *c)
{
	return c->stack_top - c->stack_low;
}

/*
 * The first function on a carrier's stack.  The kernel is still open and is
 * closed last, with all that is needed in registers and on this stack.
 */
static void run(void)
{
	void (*entry)(uintptr_t, uintptr_t, uintptr_t, uintptr_t);
	uintptr_t argument[4];

	sanitizer_arrive(NULL, &kernel.stack_low, &kernel.stack_size);
	memcpy(argument, kernel.running->argument, sizeof(argument));
	memcpy(&entry, &kernel.running->entry, sizeof(entry));
	pages_close_kernel();
	entry(argument[0], argument[1], argument[2], argument[3]);
	ms_gate(MS_SYS_thread_exit, 0, 0, 0, 0, 0, 0);
}

static struct carrier *find(const struct port_context *context)
{
	struct carrier *free = NULL;

	for (struct carrier *c = carriers; c < carriers + THREAD_MAX; c++) {
		if (c->context == context)
			return c;
		if (!c->context && !free)
			free = c;
	}
	return free;
}

static bool holds_stack(const struct carrier *c)
{
	return c->area && c->reset == c->area->resets && c->stack_low != c->area->main_stack;
}

/* The main thread has its own stack; another keeps what it took until it is needed for another service. */
static bool take_stack(struct carrier *c, const struct port_start *start)
{
	struct area *a = start->protection->area;
	bool main_thread = start->stack_low == a->low;

	if (holds_stack(c) && (main_thread || c->area != a)) {
		pages_give_stack(c->area, c->stack_low);
		c->area = NULL;
	}
	if (main_thread) {
		c->stack_low = a->main_stack;
		c->stack_top = start->stack_top;
	} else if (!holds_stack(c)) {
		c->stack_low = pages_take_stack(a);
		c->stack_top = c->stack_low + LAYOUT_THREAD_STACK - LAYOUT_PAGE;
	}
	c->area = a;
	c->reset = a->resets;
	return c->stack_low != 0;
}

struct carrier *carrier_start(const struct port_context *context, const struct port_start *start)
{
	struct carrier *c = find(context);

	if (!c || !take_stack(c, start))
		return NULL;
	c->context = context;
	c->entry = start->entry;
	c->block = start->thread_pointer;
	c->fake_stack = NULL;
	c->own = 0;
	c->called = false;
	memcpy(c->argument, start->argument, sizeof(c->argument));
	sanitizer_unpoison((void *)c->stack_low, stack_size(c));
	pages_enter(c->area);
	c->stack = switch_new(c->stack_top, run);

	return c;
}

enum carrier_event carrier_run(struct carrier *c, struct core_call *call, struct core_fault *fault)
{
	void *fake_stack;

	kernel.running = c;
	sanitizer_leave(&fake_stack, (void *)c->stack_low, stack_size(c));
	switch_to(&kernel.stack, &c->stack);
	sanitizer_arrive(fake_stack, NULL, NULL);
	kernel.running = NULL;
	if (kernel.event == CARRIER_CALL)
		*call = kernel.call;
	else if (kernel.event == CARRIER_FAULT)
		*fault = kernel.fault;
	return kernel.event;
}

struct trap_result carrier_call(const struct core_call *call)
{
	struct carrier *c = kernel.running;

	kernel.event = call ? CARRIER_CALL : CARRIER_ANSWERED;
	if (call)
		kernel.call = *call;
	sanitizer_leave(&c->fake_stack, kernel.stack_low, kernel.stack_size);
	switch_to(&c->stack, &kernel.stack);
	sanitizer_arrive(c->fake_stack, NULL, NULL);

	struct trap_result result = c->result;

	pages_close_kernel();
	return result;
}

void carrier_abandon(const struct core_fault *fault)
{
	kernel.event = CARRIER_FAULT;
	kernel.fault = *fault;
	sanitizer_leave(NULL, kernel.stack_low, kernel.stack_size);
	switch_to(&kernel.running->stack, &kernel.stack);
	__builtin_unreachable();
}

void carrier_forsake(void)
{
	pages_open_kernel();
	if (!kernel.running)
		return;
	kernel.running = NULL;
	pages_open_all();
	sanitizer_leave(NULL, kernel.stack_low, kernel.stack_size);
	sanitizer_arrive(NULL, NULL, NULL);
	sanitizer_unpoison(kernel.stack_low, (uintptr_t)__builtin_frame_address(0) - (uintptr_t)kernel.stack_low);
}
