/* SPDX-License-Identifier: Apache-2.0 */
#include "region.h"

#include <ms/abi/abi.h>

enum { SIZE_MAX_LOG2 = 30, WINDOW_MIN_LOG2 = 8, EIGHTH_LOG2 = 3, V8_GRANULE = 32 };

enum mpu_kind region_kind(uint8_t target)
{
	static const uint8_t kind[] = {
#define MS_TARGET(number, name, text, mpu, doc) [number] = mpu,
#include <ms/abi/targets.def>
#undef MS_TARGET
	};

	return target < sizeof(kind) ? (enum mpu_kind)kind[target] : MPU_NONE;
}

uint8_t region_log2(uint32_t v)
{
	return v <= 1 ? 0 : v > UINT32_C(1) << 31 ? 31 : (uint8_t)(32 - __builtin_clz(v - 1));
}

uint32_t region_granule(enum mpu_kind kind, uint32_t size)
{
	if (size == 0 || size > UINT32_C(1) << SIZE_MAX_LOG2)
		return 0;
	if (kind != MPU_V7)
		return V8_GRANULE;

	uint8_t window = region_log2(size);
	if (window < WINDOW_MIN_LOG2)
		window = WINDOW_MIN_LOG2;
	return UINT32_C(1) << (window - EIGHTH_LOG2);
}

uint32_t region_extent(enum mpu_kind kind, uint32_t size)
{
	uint32_t granule = region_granule(kind, size);

	return granule ? (size + granule - 1) & ~(granule - 1) : 0;
}

/* Does it end below 2^32? */
static bool ends(uint32_t base, uint32_t extent)
{
	return extent <= UINT32_MAX - base;
}

uint32_t region_window(uint32_t base, uint32_t extent)
{
	if (extent == 0 || !ends(base, extent))
		return 0;

	for (uint8_t log2 = WINDOW_MIN_LOG2; log2 <= SIZE_MAX_LOG2; log2++) {
		uint32_t eighth = UINT32_C(1) << (log2 - EIGHTH_LOG2);

		if ((base | extent) & (eighth - 1))
			return 0;	/* nor are they multiples of anything larger */
		if (base >> log2 == (base + extent - 1) >> log2)
			return UINT32_C(1) << log2;
	}
	return 0;
}

bool region_legal(enum mpu_kind kind, uint32_t base, uint32_t extent)
{
	if (kind == MPU_V7)
		return region_window(base, extent) != 0;
	return extent != 0 && ends(base, extent) && ((base | extent) & (V8_GRANULE - 1)) == 0;
}

/* The least multiple of a power of two at or above v; UINT32_MAX if there is none. */
static uint32_t round_up(uint32_t v, uint32_t to)
{
	return v > UINT32_MAX - (to - 1) ? UINT32_MAX : (v + to - 1) & ~(to - 1);
}

/* The least start at or above `from` in windows of this size; the extent fits into one. */
static uint32_t place_in(uint8_t log2, uint32_t from, uint32_t extent)
{
	uint32_t window = UINT32_C(1) << log2;
	uint32_t base = round_up(from, window >> EIGHTH_LOG2);

	if (base != UINT32_MAX && extent > window - (base & (window - 1)))
		base = round_up(base, window);
	return base;
}

/* An extent that is a multiple of larger eighths may lie across two windows of a smaller size. */
static uint32_t place_v7(uint32_t from, uint32_t extent)
{
	uint32_t best = UINT32_MAX;

	for (uint8_t log2 = region_log2(extent); log2 <= SIZE_MAX_LOG2; log2++) {
		if (log2 < WINDOW_MIN_LOG2)
			continue;
		if (extent & ((UINT32_C(1) << (log2 - EIGHTH_LOG2)) - 1))
			break;
		uint32_t base = place_in(log2, from, extent);
		if (base < best)
			best = base;
	}
	return best;
}

uint32_t region_place(enum mpu_kind kind, uint32_t from, uint32_t size)
{
	uint32_t extent = region_extent(kind, size);

	if (extent == 0)
		return UINT32_MAX;

	uint32_t base = kind == MPU_V7 ? place_v7(from, extent) : round_up(from, V8_GRANULE);
	return base != UINT32_MAX && ends(base, extent) ? base : UINT32_MAX;
}
