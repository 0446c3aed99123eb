/* SPDX-License-Identifier: Apache-2.0 */
/* A run of bytes that somebody else owns: a value, passed as such. */
#ifndef BYTES_H
#define BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const uint8_t *at;
	size_t size;
};

/* The bytes of an object, or of a string literal without its NUL. */
#define BYTES_OF(object) ((struct bytes){ (const uint8_t *)&(object), sizeof(object) })
#define BYTES_LITERAL(text) ((struct bytes){ (const uint8_t *)(text), sizeof(text) - 1 })

bool bytes_equal(struct bytes a, struct bytes b);

/* Their order as unsigned bytes, the shorter first when one begins the other: below, equal to or above 0. */
int bytes_compare(struct bytes a, struct bytes b);

/* Are all bytes this value? */
bool bytes_all(struct bytes b, uint8_t value);

/* The little-endian number at a place that is known to be there. */
static inline uint16_t bytes_u16(const uint8_t *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t bytes_u32(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* A part, clipped to what is there. */
struct bytes bytes_part(struct bytes b, size_t offset, size_t size);

#endif
