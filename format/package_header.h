/* SPDX-License-Identifier: Apache-2.0 */
/* A member's header block, between reader and writer of packages. */
#ifndef PACKAGE_HEADER_H
#define PACKAGE_HEADER_H

#include "package.h"

struct package_header {
	struct bytes name;	/* in the block */
	uint64_t size;
	uint64_t mtime;
};

/* Is a block's checksum right and of the form of the profile? */
bool header_sum_ok(const uint8_t block[PACKAGE_BLOCK]);

/* What a block says, true or not. */
void header_fields(const uint8_t block[PACKAGE_BLOCK], struct package_header *out);

/* Read a block; false when it is not exactly what header_write makes of what was read. */
bool header_read(const uint8_t block[PACKAGE_BLOCK], struct package_header *out);

/* Write a block.  The name has at most PACKAGE_NAME_MAX bytes, size and time fit into eleven octal digits. */
void header_write(uint8_t block[PACKAGE_BLOCK], const struct package_header *h);

/* Is a name of the alphabet, without empty, "." or ".." segments, and not too long? */
bool package_name_ok(struct bytes name);

/* What a content takes up: itself and zeros to a whole block. */
static inline size_t package_padded(size_t size)
{
	return (size + PACKAGE_BLOCK - 1) & ~(size_t)(PACKAGE_BLOCK - 1);
}

#endif
