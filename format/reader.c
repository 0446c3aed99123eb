/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

void read_fail(struct reader *r)
{
	r->failed = true;
	r->left.size = 0;
}

/* The next bytes, of which there is at least one; NULL and failed when they are not all there. */
static const uint8_t *take(struct reader *r, size_t size)
{
	const uint8_t *at = r->left.at;

	if (size > r->left.size) {
		read_fail(r);
		return NULL;
	}
	r->left.at += size;
	r->left.size -= size;
	return at;
}

uint8_t read_u8(struct reader *r)
{
	const uint8_t *at = take(r, 1);

	return at ? *at : 0;
}

uint16_t read_u16(struct reader *r)
{
	const uint8_t *at = take(r, 2);

	return at ? bytes_u16(at) : 0;
}

uint32_t read_u32(struct reader *r)
{
	const uint8_t *at = take(r, 4);

	return at ? bytes_u32(at) : 0;
}

uint64_t read_u64(struct reader *r)
{
	const uint8_t *at = take(r, 8);

	return at ? (uint64_t)bytes_u32(at + 4) << 32 | bytes_u32(at) : 0;
}

struct bytes read_bytes(struct reader *r, size_t size)
{
	const uint8_t *at = size ? take(r, size) : NULL;

	return at ? (struct bytes){ at, size } : (struct bytes){ r->left.at, 0 };
}
