/* SPDX-License-Identifier: Apache-2.0 */
/* Four bytes of data size, then a list: its offsets ascend inside data, and written again they are the same list. */
#include "fuzz.h"
#include "reloc.h"

enum { OFFSET_MAX = 1 << 17 };

FUZZ(in)
{
	static uint32_t offset[OFFSET_MAX];
	static uint8_t again[4 * OFFSET_MAX];
	struct writer w = { .at = again, .size = sizeof(again) };
	struct reader r = { .left = in };
	struct reloc_iter it;
	size_t count = 0;

	uint32_t data_size = read_u32(&r);
	reloc_iter_init(&it, r.left);
	while (count < OFFSET_MAX && reloc_next(&it, data_size, &offset[count])) {
		must(offset[count] % 4 == 0 && (uint64_t)offset[count] + 4 <= data_size);
		must(count == 0 || offset[count] > offset[count - 1]);
		count++;
	}
	must(count <= 8 * r.left.size);
	if (it.failed || count == OFFSET_MAX)
		return;
	must(reloc_encode(offset, count, &w) == MS_OK);
	must(bytes_equal(writer_bytes(&w), r.left));
}
