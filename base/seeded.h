/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and orders that a seed determines, the same on every machine (SplitMix64: the whole state is one number). */
#ifndef SEEDED_H
#define SEEDED_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t seeded_next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* One of 0 .. count - 1; count is not 0. */
static inline size_t seeded_below(uint64_t *state, size_t count)
{
	return (size_t)(seeded_next(state) % count);
}

/* 0 .. count - 1, each once, in an order that the seed says. */
static inline void seeded_order(size_t *order, size_t count, uint64_t seed)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = seeded_below(&seed, i + 1);

		order[i] = order[at];
		order[at] = i;
	}
}

#endif
