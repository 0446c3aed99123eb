/* SPDX-License-Identifier: Apache-2.0 */
/* What the address sanitizer offers; nothing of it is there in a program without. */
#ifndef POISON_H
#define POISON_H

#include <stddef.h>

#define OPTIONAL __attribute__((weak))

extern OPTIONAL void __asan_poison_memory_region(const volatile void *at, size_t size);
extern OPTIONAL void __asan_unpoison_memory_region(const volatile void *at, size_t size);
extern OPTIONAL void *__asan_region_is_poisoned(void *at, size_t size);
extern OPTIONAL void __asan_report_load_n(void *at, size_t size);
extern OPTIONAL void __asan_report_store_n(void *at, size_t size);

static inline void poison(const void *at, size_t size)
{
	if (__asan_poison_memory_region)
		__asan_poison_memory_region(at, size);
}

static inline void unpoison(const void *at, size_t size)
{
	if (__asan_unpoison_memory_region)
		__asan_unpoison_memory_region(at, size);
}

/* All of the heap, before any of it is given out. */
void poison_heap(void);

/* Bytes of it that are given out, book-keeping included. */
size_t heap_used(void);

#endif
