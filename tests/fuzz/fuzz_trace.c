/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever lies in a board's ring: a window of it lies in the ring, and what is read of it becomes a trace that is whole JSON. */
#include <jansson.h>

#include "fuzz.h"
#include "trace_output.h"

static const struct board board = { .name = "board" };
static const struct trace_names names = { .board = &board };

static void look_at(const struct trace_head *h, uint32_t read)
{
	uint32_t first, lost, count = trace_window(h, read, &first, &lost);

	must(count <= h->capacity && first == read + lost && first + count == h->next);
	for (uint32_t i = 0; i < count && i < 4; i++)
		must(trace_offset(h, first + i) <= TRACE_HEAD_SIZE + (h->capacity - 1) * TRACE_RECORD_SIZE);
}

static void write_all(struct bytes in, struct trace_sink *to, struct trace_sink *other, struct arena *a)
{
	void *json = trace_json.begin(to, &names, a), *ctf = trace_ctf.begin(other, &names, a);
	struct trace_record r;
	uint32_t lost = 0;

	for (size_t at = TRACE_HEAD_SIZE; at + TRACE_RECORD_SIZE <= in.size; at += TRACE_RECORD_SIZE) {
		struct bytes one = bytes_part(in, at, TRACE_RECORD_SIZE);

		if (trace_record_decode(one, bytes_u32(one.at), &r) < 0) {
			lost++;
			continue;
		}
		trace_json.take(json, &r, lost);
		trace_ctf.take(ctf, &r, lost);
		lost = 0;
	}
	trace_json.end(json, lost);
	trace_ctf.end(ctf, lost);
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct trace_head h;
	struct trace_sink text = { .fd = -1 }, stream = { .fd = -1 };

	if (trace_head_decode(in, &h) == MS_OK)
		look_at(&h, in.size > 36 ? bytes_u32(in.at + 32) : 1);
	write_all(in, &text, &stream, &a);
	json_t *whole = json_loadb(text.text.at, text.text.size, 0, NULL);

	must(whole != NULL);
	json_decref(whole);
	trace_sink_done(&text);
	trace_sink_done(&stream);
	arena_done(&a);
}
