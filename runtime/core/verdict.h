/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verdicts: how a decision on which security hangs is passed on, in a processor that somebody makes skip an
 * instruction or read a bit wrong.
 *
 * Yes and no differ in every bit, and whatever else stands there is no yes: neither zero nor what a
 * function that was not called has left.  A verdict is a type of its own: no number and no pointer becomes one by itself.
 *
 * The verdicts of a path are summed up.  What the path leads to is computed from the sum, and so is not there for who
 * came another way (boot.c): a branch that is skipped is not enough.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct verdict { uint32_t bits; };

#define VERDICT_YES UINT32_C(0x3a5cc6a5)
#define VERDICT_NO (~VERDICT_YES)

/* The bits, of which the compiler knows nothing: it cannot leave out what follows because it was decided before. */
static inline uint32_t verdict_bits(struct verdict v)
{
	__asm__ volatile("" : "+r"(v.bits) : : "memory");
	return v.bits;
}

static inline struct verdict verdict_of(bool yes)
{
	return (struct verdict){ yes ? VERDICT_YES : VERDICT_NO };
}

/* Yes when no bit is set, no when any is: without a branch, and never anything between, so that wrong ones cannot make up for each other in a sum. */
static inline struct verdict verdict_none(uint32_t bits)
{
	return (struct verdict){ VERDICT_YES ^ (0 - ((bits | (0 - bits)) >> 31)) };
}

/* One step of a path: into the sum it goes; was it a yes? */
static inline bool verdict_step(uint32_t *sum, struct verdict v)
{
	*sum += verdict_bits(v);
	return verdict_bits(v) == VERDICT_YES;
}

/* What stands there, read from memory now: so that a decision about it can be made a second time. */
static inline uint32_t verdict_reread(const uint32_t *word)
{
	return *(const volatile uint32_t *)word;
}

/* Are so many words the same?  All are looked at, and how many that were is part of the answer. */
struct verdict verdict_same(const void *a, const void *b, size_t words);

#endif
