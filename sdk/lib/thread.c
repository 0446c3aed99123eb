/* SPDX-License-Identifier: Apache-2.0 */
/* Threads: entry and argument travel at the top of the new stack, so that a return from entry ends the thread. */
#include <ms/syscall.h>

#include "stack.h"
#include "trap.h"

struct birth {
	void (*entry)(void *);
	void *argument;
	struct ms_stack stack;
};

static void run(void *at)
{
	struct birth *b = at;

	stack_mark(b->stack, ms_stack_limit(b->stack));
	b->entry(b->argument);
	ms_thread_exit();
}

int ms_thread_create(void (*entry)(void *), void *argument, void *stack, size_t stack_size,
		     void *thread_pointer, unsigned priority)
{
	uintptr_t low = (uintptr_t)stack;
	size_t room = (sizeof(struct birth) + 7) & ~(size_t)7;
	struct birth *b = (struct birth *)(low + stack_size - room);

	if (stack_size < 256 || (low | stack_size) % 8)
		return -MS_EINVAL;
	*b = (struct birth){ entry, argument, { (uint32_t)low, (uint32_t)stack_size } };

	struct trap_result r = trap(MS_SYS_thread_create, (uintptr_t)run, (uintptr_t)b, low, stack_size - room,
				    (uintptr_t)thread_pointer, priority);

	return r.status < 0 ? r.status : (int)r.value;
}
