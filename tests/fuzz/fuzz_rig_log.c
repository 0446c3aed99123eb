/* SPDX-License-Identifier: Apache-2.0 */
/* What a rig sends as a log, in pieces of any size: the same is taken of it, and it is whole only if its last line says so of exactly these bytes. */
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "fuzz.h"

static unsigned frames;

static void take(void *context, const struct frame *f)
{
	const bool *over = context;

	must(!*over);
	must(f->kind != FRAME_TEXT || (f->channel && f->text));
	must(f->kind != FRAME_LAST || (f->digest && f->why && f->fix && f->end < FRAME_END_COUNT));
	frames++;
}

static bool read_in(struct bytes in, size_t piece, unsigned *count)
{
	struct frame_reader *r = malloc(sizeof(*r));
	struct arena a = { 0 };
	bool over = false;

	frames = 0;
	frame_reader_init(r, &a);
	for (size_t at = 0; !over && at < in.size; at += piece)
		over = frame_reader_take(r, (const char *)in.at + at, in.size - at < piece ? in.size - at : piece, take, &over) < 0;
	bool whole = r->whole && !over;
	*count = frames;
	arena_done(&a);
	free(r);
	return whole;
}

FUZZ(in)
{
	unsigned at_once, in_pieces;

	bool whole = read_in(in, in.size + 1, &at_once);
	must(read_in(in, 7, &in_pieces) == whole && at_once == in_pieces);
	must(!whole || (in.at[in.size - 1] == '\n' && memmem(in.at, in.size, "\"end\"", 5)));
}
