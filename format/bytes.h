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

/* Are all bytes this value? */
bool bytes_all(struct bytes b, uint8_t value);

/* A part, clipped to what is there. */
struct bytes bytes_part(struct bytes b, size_t offset, size_t size);

#endif
