/* SPDX-License-Identifier: Apache-2.0 */
/* The compact list of words to relocate (docs/formats.md 2, "Relocations"). */
#ifndef RELOC_H
#define RELOC_H

#include "writer.h"

/*
 * Encode strictly ascending word offsets from the data base.  -MS_EINVAL when
 * they are not ascending multiples of 4 below 2^31, -MS_EOVERFLOW when the
 * writer is full.
 */
int reloc_encode(const uint32_t *offset, size_t count, struct writer *w);

struct reloc_iter {
	struct bytes left;
	uint32_t cursor;
	uint32_t bitmap;	/* bits still to visit, lowest first */
	uint32_t bitmap_at;	/* offset that bit 0 stands for */
	bool failed;
};

void reloc_iter_init(struct reloc_iter *it, struct bytes relocations);

/*
 * The next offset; false at the end or when the list is malformed (`failed`):
 * a size that is no multiple of 4, an offset at or beyond data_size - 3, a bitmap before any
 * offset, offsets that do not ascend.
 */
bool reloc_next(struct reloc_iter *it, uint32_t data_size, uint32_t *offset);

#endif
