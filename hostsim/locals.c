/* SPDX-License-Identifier: Apache-2.0 */
#include "locals.h"

void raw_copy(void *to, const void *from, size_t size)
{
	const volatile char *source = from;	/* volatile: the compiler would make it a memcpy, which is the sanitizer's */
	char *target = to;

	while (size--)
		*target++ = *source++;
}

static size_t local_size(const struct area *a)
{
	return (size_t)(a->instance.local_end - a->instance.local);
}

/* A block comes from the service: it must lie in its data. */
static bool valid(const struct area *a, uintptr_t block)
{
	uintptr_t data = (uintptr_t)a->instance.data, end = (uintptr_t)a->instance.heap_end;
	size_t size = MS_BLOCK_HEAD + local_size(a);

	return block >= data && block < end && end - block >= size;
}

void locals_forget(struct area *a)
{
	a->block = (uintptr_t)a->instance.main_block;
}

void locals_enter(struct area *a, uintptr_t block)
{
	if (a->block == block || local_size(a) == 0)
		return;
	if (a->block)
		raw_copy((void *)(a->block + MS_BLOCK_HEAD), a->instance.local, local_size(a));
	a->block = valid(a, block) ? block : 0;
	if (a->block)
		raw_copy(a->instance.local, (const void *)(block + MS_BLOCK_HEAD), local_size(a));
}
