/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The heap of a partition of the PSA Firmware Framework, on that of the C library, whose malloc clears: nothing is left of what was given
 * back or has moved.  The library notes something in pieces that are free, so a piece begins behind that; in front of it stands where the
 * library's begins.  Linked where ms says --wrap (product/buildflags.c); no other service pays for it.
 */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE = 8 };

extern __typeof__(malloc) __real_malloc, __wrap_malloc;
extern __typeof__(free) __real_free, __wrap_free;
extern __typeof__(realloc) __wrap_realloc;
extern __typeof__(memalign) __wrap_memalign, __wrap_aligned_alloc;
extern __typeof__(malloc_usable_size) __real_malloc_usable_size, __wrap_malloc_usable_size;

static void *begin(void *piece)
{
	return ((void **)piece)[-1];
}

/* An alignment is a power of two. */
void *__wrap_memalign(size_t alignment, size_t size)
{
	size_t more = alignment > NOTE ? alignment : NOTE;
	char *whole = NULL, *piece;

	if (size > SIZE_MAX - more)
		errno = ENOMEM;
	else
		whole = __real_malloc(size + more);
	if (!whole)
		return NULL;
	piece = (char *)(((uintptr_t)whole + more) & -more);
	((void **)piece)[-1] = whole;
	return piece;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return __wrap_memalign(alignment, size);
}

void *__wrap_malloc(size_t size)
{
	return __wrap_memalign(NOTE, size);
}

size_t __wrap_malloc_usable_size(void *piece)
{
	return __real_malloc_usable_size(begin(piece)) - (size_t)((char *)piece - (char *)begin(piece));
}

void __wrap_free(void *piece)
{
	if (!piece)
		return;
	memset(piece, 0, __wrap_malloc_usable_size(piece));
	__real_free(begin(piece));
}

/* It always moves, so that all of the old piece is given back. */
void *__wrap_realloc(void *old, size_t size)
{
	size_t had = old ? __wrap_malloc_usable_size(old) : 0;
	void *piece = size || !old ? __wrap_malloc(size) : NULL;

	if (piece && old)
		memcpy(piece, old, had < size ? had : size);
	if (piece || !size)
		__wrap_free(old);
	return piece;
}
