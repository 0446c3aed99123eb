/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

#include <string.h>

/* Where the next bytes go, or NULL when they do not fit. */
static uint8_t *claim(struct writer *w, size_t size)
{
	size_t at = w->used;

	w->used = size > SIZE_MAX - at ? SIZE_MAX : at + size;
	if (w->used > w->size)
		w->failed = true;
	return w->failed ? NULL : w->at + at;
}

void write_bytes(struct writer *w, struct bytes b)
{
	if (b.size == 0)
		return;

	uint8_t *to = claim(w, b.size);
	if (to)
		memcpy(to, b.at, b.size);
}

void write_zeros(struct writer *w, size_t count)
{
	if (count == 0)
		return;

	uint8_t *to = claim(w, count);
	if (to)
		memset(to, 0, count);
}

static void write_number(struct writer *w, uint64_t v, size_t size)
{
	uint8_t *to = claim(w, size);

	for (size_t i = 0; to && i < size; i++, v >>= 8)
		to[i] = (uint8_t)v;
}

void write_u8(struct writer *w, uint8_t v)
{
	write_number(w, v, 1);
}

void write_u16(struct writer *w, uint16_t v)
{
	write_number(w, v, 2);
}

void write_u32(struct writer *w, uint32_t v)
{
	write_number(w, v, 4);
}

void write_u64(struct writer *w, uint64_t v)
{
	write_number(w, v, 8);
}

struct bytes writer_bytes(const struct writer *w)
{
	return (struct bytes){ w->at, w->failed ? 0 : w->used };
}
