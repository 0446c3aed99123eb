/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of bytes that a seed determines, for tests in which no changed bytes may be believed.  The caller sees whether anything differs afterwards. */
#ifndef MUTANTS_H
#define MUTANTS_H

#include <stdlib.h>
#include <string.h>

#include "seeded.h"

enum { MUTANT_KINDS = 4, MUTANT_FLIPS = 8, MUTANT_RUN = 64 };

static inline void mutant_flip(uint8_t *at, size_t size, uint64_t *seed)
{
	for (size_t n = 1 + seeded_below(seed, MUTANT_FLIPS); n; n--)
		at[seeded_below(seed, size)] ^= (uint8_t)(1u << seeded_below(seed, 8));
}

/* As flash that was not written to the end, or that reads as nothing. */
static inline void mutant_cut(uint8_t *at, size_t size, uint64_t *seed)
{
	size_t from = seeded_below(seed, size);

	memset(at + from, seeded_next(seed) & 1 ? 0xff : 0, size - from);
}

static inline void mutant_overwrite(uint8_t *at, size_t size, uint64_t *seed)
{
	size_t from = seeded_below(seed, size), left = size - from, count = 1 + seeded_below(seed, left < MUTANT_RUN ? left : MUTANT_RUN);

	for (size_t i = 0; i < count; i++)
		at[from + i] = (uint8_t)seeded_next(seed);
}

static inline void mutant_exchange(uint8_t *one, uint8_t *two, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint8_t kept = one[i];

		one[i] = two[i];
		two[i] = kept;
	}
}

/* Two pieces of one size change places, which do not overlap. */
static inline void mutant_swap(uint8_t *at, size_t size, uint64_t *seed)
{
	size_t count = 1 + seeded_below(seed, size / 2), one = seeded_below(seed, size - 2 * count + 1);

	mutant_exchange(at + one, at + one + count, count);
}

/* One of the four, of at least two bytes. */
static inline void mutant(uint8_t *at, size_t size, uint64_t *seed)
{
	static void (*const kinds[MUTANT_KINDS])(uint8_t *at, size_t size, uint64_t *seed) = { mutant_flip, mutant_cut, mutant_overwrite, mutant_swap };

	kinds[seeded_below(seed, MUTANT_KINDS)](at, size, seed);
}

/* How many are tried: as many as MUTANTS in the environment says, or else so many. */
static inline unsigned mutant_count(unsigned otherwise)
{
	const char *said = getenv("MUTANTS");

	return said ? (unsigned)strtoul(said, NULL, 10) : otherwise;
}

#endif
