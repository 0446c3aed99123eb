/* SPDX-License-Identifier: Apache-2.0 */
/* Linkers' maps. */
#include "fuzz.h"
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
}
