/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compiler's atomic operations on a processor that has no instruction for
 * them (v6m), by the one step that the kernel does for us.  Those of a byte or
 * a halfword are done on the word around it.
 */
#ifndef __ARM_FEATURE_LDREX
#include <stdbool.h>
#include <stdint.h>

#include <ms/syscall.h>

struct part { uint32_t *word; unsigned shift; uint32_t mask; };

static struct part part_of(void *at, uint32_t mask)
{
	unsigned offset = (uintptr_t)at & 3;

	return (struct part){ (uint32_t *)((uintptr_t)at - offset), 8 * offset, mask << 8 * offset };
}

/* Put `value` into the part if its word is still what was read. */
static bool put(const struct part *p, uint32_t seen, uint32_t value)
{
	uint32_t held;

	return ms_futex_swap(p->word, seen, (seen & ~p->mask) | (value << p->shift & p->mask), &held) == MS_OK;
}

static uint32_t get(const struct part *p, uint32_t *seen)
{
	*seen = *(volatile uint32_t *)p->word;
	return (*seen & p->mask) >> p->shift;
}

/* __atomic_<name>_<size>(at, operand, order) gives `old` and leaves `next` there. */
#define UPDATE(name, size, type, next) \
	type update_##name##_##size(void *at, type operand, int order) __asm__("__atomic_" #name "_" #size); \
	type update_##name##_##size(void *at, type operand, int order) \
	{ \
		struct part p = part_of(at, (type)-1); \
		uint32_t seen, old; \
		(void)order; \
		do \
			old = get(&p, &seen); \
		while (!put(&p, seen, next)); \
		return (type)old; \
	}

#define COMPARE(size, type) \
	bool compare_##size(void *at, type *expected, type desired) __asm__("__atomic_compare_exchange_" #size); \
	bool compare_##size(void *at, type *expected, type desired) \
	{ \
		struct part p = part_of(at, (type)-1); \
		uint32_t seen; \
		type old; \
		do { \
			old = (type)get(&p, &seen); \
			if (old != *expected) { \
				*expected = old; \
				return false; \
			} \
		} while (!put(&p, seen, desired)); \
		return true; \
	}

#define ALL(size, type) \
	UPDATE(exchange, size, type, operand) \
	UPDATE(fetch_add, size, type, old + operand) \
	UPDATE(fetch_sub, size, type, old - operand) \
	UPDATE(fetch_and, size, type, old & operand) \
	UPDATE(fetch_or, size, type, old | operand) \
	UPDATE(fetch_xor, size, type, old ^ operand) \
	UPDATE(fetch_nand, size, type, ~(old & operand)) \
	COMPARE(size, type)

ALL(1, uint8_t)
ALL(2, uint16_t)
ALL(4, uint32_t)
#endif
