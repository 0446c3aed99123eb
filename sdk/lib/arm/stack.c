/* SPDX-License-Identifier: Apache-2.0 */
/* How far a stack was used: filled by the thread itself, before it does anything else. */
#include "stack.h"

#include <ms/abi/abi.h>
#include <ms/stack.h>

extern char __ms_tls_block[];

void stack_mark(struct ms_stack s, uint32_t limit)
{
	struct ms_stack *front = __builtin_thread_pointer();
	uint32_t *end;

	if (front)
		*front = s;
	__asm__ volatile("mov %0, sp" : "=r"(end));
	for (uint32_t *word = (uint32_t *)limit; word < end; word++)
		*word = MS_STACK_UNUSED;
}

int ms_stack_unused(void)
{
	const struct ms_stack *front = __builtin_thread_pointer();
	const uint32_t *from, *at;

	if (!front || !front->size)
		return -MS_ENOENT;
	from = (const uint32_t *)((const char *)front == __ms_tls_block ? front->low : ms_stack_limit(*front));
	for (at = from; *at == MS_STACK_UNUSED; at++)
		;
	return (int)((uintptr_t)at - (uintptr_t)from);
}
