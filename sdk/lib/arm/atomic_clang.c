/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names by which clang calls atomic operations on a processor that has no
 * instruction for them (v6m), where gcc calls those of atomic.c.  Those of any
 * size take turns when they are larger than a word.
 */
#ifndef __ARM_FEATURE_LDREX
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "latch.h"

static uint32_t turn;

#define FETCH(name, size, type) \
	type sync_##name##_##size(type *at, type operand) __asm__("__sync_fetch_and_" #name "_" #size); \
	type sync_##name##_##size(type *at, type operand) { return __atomic_fetch_##name(at, operand, __ATOMIC_SEQ_CST); }

#define ALL(size, type) \
	FETCH(add, size, type) FETCH(sub, size, type) FETCH(and, size, type) FETCH(or, size, type) FETCH(xor, size, type) FETCH(nand, size, type) \
	type sync_swap_##size(type *at, type operand) __asm__("__sync_lock_test_and_set_" #size); \
	type sync_swap_##size(type *at, type operand) { return __atomic_exchange_n(at, operand, __ATOMIC_SEQ_CST); } \
	type sync_compare_##size(type *at, type expected, type desired) __asm__("__sync_val_compare_and_swap_" #size); \
	type sync_compare_##size(type *at, type expected, type desired) \
	{ \
		__atomic_compare_exchange_n(at, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		return expected; \
	}

ALL(1, uint8_t)
ALL(2, uint16_t)
ALL(4, uint32_t)

/* Of any size, by one of a size that has its own name, or else in turn with the others here. */
#define ANY(size, one, whole) \
	switch (size) { \
	case 1: { typedef uint8_t type; one; break; } \
	case 2: { typedef uint16_t type; one; break; } \
	case 4: { typedef uint32_t type; one; break; } \
	default: ms_latch_take(&turn); whole; ms_latch_give(&turn); \
	}

void any_load(size_t size, void *at, void *to, int order) __asm__("__atomic_load");
void any_store(size_t size, void *at, void *from, int order) __asm__("__atomic_store");
void any_exchange(size_t size, void *at, void *next, void *old, int order) __asm__("__atomic_exchange");
bool any_compare(size_t size, void *at, void *expected, void *next, int order, int other) __asm__("__atomic_compare_exchange");

void any_load(size_t size, void *at, void *to, int order)
{
	(void)order;
	ANY(size, *(type *)to = *(volatile type *)at, memcpy(to, at, size))
}

void any_store(size_t size, void *at, void *from, int order)
{
	(void)order;
	ANY(size, *(volatile type *)at = *(type *)from, memcpy(at, from, size))
}

void any_exchange(size_t size, void *at, void *next, void *old, int order)
{
	(void)order;
	ANY(size, *(type *)old = __atomic_exchange_n((type *)at, *(type *)next, __ATOMIC_SEQ_CST), memcpy(old, at, size); memcpy(at, next, size))
}

bool any_compare(size_t size, void *at, void *expected, void *next, int order, int other)
{
	bool same;

	(void)order;
	(void)other;
	ANY(size, same = __atomic_compare_exchange_n((type *)at, (type *)expected, *(type *)next, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST),
	    same = !memcmp(at, expected, size); memcpy(same ? at : expected, same ? next : at, size))
	return same;
}
#endif
