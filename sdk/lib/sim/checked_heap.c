/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The heap, watched by the address sanitizer: what malloc has not given, or was
 * given back, must not be touched.  Nothing is added to it, so a service gets as much as without:
 * between two pieces lies malloc's own book-keeping, which is nobody else's.
 */
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>

#include "allocates.h"
#include "gate.h"
#include "poison.h"

extern char __ms_heap[], __ms_heap_end[];

#define WRAPPED(name) extern __typeof__(name) __real_##name, __wrap_##name;
#include "wrapped_heap.def"
#undef WRAPPED

void poison_heap(void)
{
	poison(__ms_heap, (size_t)(__ms_heap_end - __ms_heap));
}

/* As much as was asked for, not what it was rounded up to. */
static void *given(void *piece, size_t size)
{
	size_t all = piece ? malloc_usable_size(piece) : 0;

	if (!piece)
		return NULL;
	unpoison(piece, size);
	if (all > size)
		poison((char *)piece + size, all - size);
	return piece;
}

/* Whoever sweeps faults may say that there is no memory. realloc and calloc come to malloc, and aligned_alloc to memalign. */
static bool refused(void)
{
	if (ms_gate(SITE_ALLOCATES, 0, 0, 0, 0, 0, 0).status >= 0)
		return false;
	errno = ENOMEM;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return refused() ? NULL : given(__real_malloc(size), size);
}

/* The library copies all of a piece, what it was rounded up to included. */
void *__wrap_realloc(void *old, size_t size)
{
	size_t all = old ? malloc_usable_size(old) : 0;
	void *piece;

	unpoison(old, all);
	piece = __real_realloc(old, size);
	return given(piece, size);
}

void *__wrap_memalign(size_t alignment, size_t size)
{
	return refused() ? NULL : given(__real_memalign(alignment, size), size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return given(__real_aligned_alloc(alignment, size), size);
}

size_t heap_used(void)
{
	return mallinfo().uordblks;
}

void __wrap_free(void *piece)
{
	size_t all = piece ? malloc_usable_size(piece) : 0;

	unpoison(piece, all);
	__real_free(piece);
	poison(piece, all);
}
