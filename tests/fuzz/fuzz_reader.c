/* SPDX-License-Identifier: Apache-2.0 */
/* Each byte says what to read next from all of them: a failed reader gives nothing any more. */
#include "fuzz.h"

static uint64_t read_one(struct reader *r, uint8_t how)
{
	switch (how % 5) {
	case 0: return read_u8(r);
	case 1: return read_u16(r);
	case 2: return read_u32(r);
	case 3: return read_u64(r);
	default: return read_bytes(r, how / 5).size;
	}
}

FUZZ(in)
{
	struct reader r = { .left = in };

	for (size_t i = 0; i < in.size; i++) {
		bool failed = r.failed;
		size_t before = r.left.size;
		uint64_t v = read_one(&r, in.at[i]);

		must(r.left.size <= before);
		must(!failed || (r.failed && v == 0));
		must(!r.failed || (r.left.size == 0 && v == 0));
		must(r.failed || r.left.at + r.left.size == in.at + in.size);
	}
}
