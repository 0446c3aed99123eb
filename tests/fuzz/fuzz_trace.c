/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever lies in a board's ring: a window of it lies in the ring, and what is read of it becomes a trace that is whole JSON. */
#include <jansson.h>
#include <stdio.h>

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

static void write_all(struct bytes in, FILE *to, struct arena *a)
{
	void *json = trace_json.begin(to, &names, a), *ctf;
	FILE *nowhere = fopen("/dev/null", "w");
	struct trace_record r;
	uint32_t lost = 0;

	must(nowhere != NULL);
	ctf = trace_ctf.begin(nowhere, &names, a);
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
	fclose(nowhere);
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct trace_head h;
	char *text = NULL;
	size_t size;

	if (trace_head_decode(in, &h) == MS_OK)
		look_at(&h, in.size > 36 ? bytes_u32(in.at + 32) : 1);
	FILE *to = open_memstream(&text, &size);

	write_all(in, to, &a);
	fclose(to);
	json_t *whole = json_loadb(text, size, 0, NULL);
	must(whole != NULL);
	json_decref(whole);
	free(text);
	arena_done(&a);
}
