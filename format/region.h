/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Legal extents: where an image or a RAM area may lie so that the memory
 * protection can cover exactly it (docs/formats.md 5.5).  Product tools place
 * by these functions and the runtime checks again by the same ones.
 */
#ifndef REGION_H
#define REGION_H

#include <stdbool.h>
#include <stdint.h>

enum mpu_kind { MPU_NONE, MPU_V7, MPU_V8 };

/* The protection that a target's images are placed for; MPU_NONE for an unknown target. */
enum mpu_kind region_kind(uint8_t target);

/* Start and length of an extent for `size` bytes are multiples of this power of two.  0 when size is 0 or above 1 GiB. */
uint32_t region_granule(enum mpu_kind kind, uint32_t size);

/* The least legal length for `size` bytes; 0 as above. */
uint32_t region_extent(enum mpu_kind kind, uint32_t size);

/*
 * The least legal start at or above `from` for an extent of `size` bytes;
 * UINT32_MAX if there is none, or size is 0 or above 1 GiB.
 */
uint32_t region_place(enum mpu_kind kind, uint32_t from, uint32_t size);

/* Does [base, base + extent) obey the rules, is it not empty, and does it end below 2^32? */
bool region_legal(enum mpu_kind kind, uint32_t base, uint32_t extent);

/*
 * PMSAv7: the least R, a power of two from 256 to 2^30, whose R-aligned
 * window around `base` holds [base, base + extent) in whole eighths.  0 when
 * the extent is not legal.  This R, and the eighths that are not the
 * extent's disabled, is what the MPU is set to.
 */
uint32_t region_window(uint32_t base, uint32_t extent);

/* Exponent of the least power of two that is not below v; 0 for 0, and 31 for all above 2^31. */
uint8_t region_log2(uint32_t v);

#endif
