/* SPDX-License-Identifier: Apache-2.0 */
#include "reloc.h"

#include <ms/abi/abi.h>

#include "reader.h"

enum { WORD = 4, BITMAP_WORDS = 31, BITMAP_SPAN = BITMAP_WORDS * WORD };
static const uint32_t offset_end = UINT32_C(1) << 31;	/* every offset is below */

int reloc_encode(const uint32_t *offset, size_t count, struct writer *w)
{
	for (size_t i = 0; i < count; i++) {
		if (offset[i] % WORD || offset[i] >= offset_end || (i > 0 && offset[i] <= offset[i - 1]))
			return -MS_EINVAL;
	}

	uint32_t cursor = 0;
	for (size_t i = 0; i < count;) {
		if (cursor == 0 || offset[i] - cursor >= BITMAP_SPAN) {
			write_u32(w, offset[i]);
			cursor = offset[i++] + WORD;
			continue;
		}
		uint32_t bitmap = 1;
		for (; i < count && offset[i] - cursor < BITMAP_SPAN; i++)
			bitmap |= UINT32_C(2) << (offset[i] - cursor) / WORD;
		write_u32(w, bitmap);
		cursor += BITMAP_SPAN;
	}
	return w->failed ? -MS_EOVERFLOW : MS_OK;
}

void reloc_iter_init(struct reloc_iter *it, struct bytes relocations)
{
	*it = (struct reloc_iter){ .left = relocations, .failed = relocations.size % WORD != 0 };
}

/* Take the next word of the list; what it names becomes the bits to visit. */
static void next_word(struct reloc_iter *it)
{
	struct reader r = { .left = it->left };
	uint32_t word = read_u32(&r);

	it->left = r.left;
	if (word & 1) {
		it->bitmap = word >> 1;
		it->bitmap_at = it->cursor;
		it->failed = it->cursor == 0 || it->bitmap == 0;
		it->cursor += BITMAP_SPAN;
	} else {
		it->bitmap = 1;
		it->bitmap_at = word;
		it->failed = word % WORD || (it->cursor != 0 && (word < it->cursor || word - it->cursor < BITMAP_SPAN));
		it->cursor = word + WORD;
	}
}

bool reloc_next(struct reloc_iter *it, uint32_t data_size, uint32_t *offset)
{
	if (!it->failed && it->bitmap == 0 && it->left.size)
		next_word(it);
	if (it->failed || it->bitmap == 0)
		return false;

	while ((it->bitmap & 1) == 0) {
		it->bitmap >>= 1;
		it->bitmap_at += WORD;
	}
	if (data_size < WORD || it->bitmap_at > data_size - WORD || it->bitmap_at >= offset_end) {
		it->failed = true;
		return false;
	}

	*offset = it->bitmap_at;
	it->bitmap >>= 1;
	it->bitmap_at += WORD;
	return true;
}
