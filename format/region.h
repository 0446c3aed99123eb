/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Legal extents: where an image or a RAM area may lie so that the memory
 * protection can cover exactly it (docs/formats.md 5.4).  Product tools place
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

/* The least legal start at or above `from` for an extent of `size` bytes; UINT32_MAX if there is none below 2^32. */
uint32_t region_place(enum mpu_kind kind, uint32_t from, uint32_t size);

/* Does [base, base + extent) obey the rules and not wrap around? */
bool region_legal(enum mpu_kind kind, uint32_t base, uint32_t extent);

#endif
