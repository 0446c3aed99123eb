/* SPDX-License-Identifier: Apache-2.0 */
/* Linkers' maps, and what Ninja notes of the compiler's words. */
#include "fuzz.h"
#include "linked.h"
#include "linkmap.h"

static bool inside(struct bytes part, struct bytes all)
{
	return part.at >= all.at && part.at + part.size <= all.at + all.size;
}

FUZZ(in)
{
	struct linkmap_part part, found;

	for (size_t at = 0; linkmap_next(in, &at, &part); ) {
		must(part.size > 0 && part.section.size && part.object.size);
		must(inside(part.section, in) && inside(part.object, in) && at <= in.size);
		must(linkmap_find(in, part.address, &found));
	}

	struct arena a = { 0 };
	struct list parts = { 0 }, files = { 0 };

	linked_parts(in, &a, &parts);
	for (size_t i = 0; i < parts.count; i++)
		must(((struct linked_part *)parts.at[i])->file.size);
	linked_sources(in, "a.o", &a, &files);
	arena_done(&a);
}
