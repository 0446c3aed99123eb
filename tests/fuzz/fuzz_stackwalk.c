/* SPDX-License-Identifier: Apache-2.0 */
/* Machine code of nobody knows whom: each walk ends, stays in its function, and says how deep its calls are. */
#include <string.h>

#include "fuzz.h"
#include "stackwalk.h"
#include "thumb.h"

enum { TEXT_BASE = 0x40000, DATA_BASE = 0x20008000, HEAD = 4, TEXT_MAX = 4096 };

/* Two functions of libgcc lie here, if anybody jumps so far. */
static char helper(const void *context, uint32_t target)
{
	(void)context;
	return target == TEXT_BASE ? 'b' : target == TEXT_BASE + 2 ? 'H' : target == TEXT_BASE + 4 ? 'w' : 0;
}

static void check_instructions(struct bytes text)
{
	for (uint32_t at = 0; at + 2 <= text.size; at += 2) {
		struct thumb t = thumb_decode(text, TEXT_BASE, at);

		must(t.size == 0 || t.size == 2 || t.size == 4);
		must(at + t.size <= text.size && t.conditions <= 4);
		must(t.flow <= THUMB_STOP && t.act <= THUMB_COPY && t.from < 16 && t.to < 16);
	}
}

static void check_walk(const struct code *c, uint32_t start, uint32_t end)
{
	struct stack_walk walk;
	struct arena a = { 0 };

	stack_walk(c, start, end, helper, NULL, &a, &walk);
	for (size_t i = 0; i < walk.calls.count; i++) {
		const struct stack_call *call = walk.calls.at[i];

		must(call->at >= start || call->is_last);
		must(call->depth <= walk.deepest);
	}
	for (size_t i = 0; i < walk.taken.count; i++)
		must(code_has(c, *(const uint32_t *)walk.taken.at[i]));
	arena_done(&a);
}

/* HEAD: words of data, which half-word of four is a constant, where the function begins and how long it is. */
FUZZ(in)
{
	static uint8_t is_data[TEXT_MAX / 2 + 1];

	if (in.size < HEAD + 2)
		return;
	size_t data = 4u * in.at[0] <= in.size - HEAD ? 4u * in.at[0] : 0;
	struct bytes text = bytes_part(in, HEAD + data, in.size);
	if (text.size > TEXT_MAX)
		text.size = TEXT_MAX;
	for (size_t i = 0; i < sizeof(is_data); i++)
		is_data[i] = in.at[1] >> i % 8 & in.at[1] >> 7 & 1;
	const struct code c = {
		.text = text, .text_base = TEXT_BASE, .data = bytes_part(in, HEAD, HEAD + data), .data_base = DATA_BASE, .is_data = is_data,
	};
	uint32_t start = 2u * in.at[2], end = start + 2u * in.at[3];

	check_instructions(text);
	if (end > text.size || !in.at[3])
		end = (uint32_t)text.size & ~1u;
	if (start < end)
		check_walk(&c, TEXT_BASE + start, TEXT_BASE + end);
}
