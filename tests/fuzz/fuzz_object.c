/* SPDX-License-Identifier: Apache-2.0 */
/* Objects and libraries that others made, and what they say of themselves. */
#include "attributes.h"
#include "elf_section.h"
#include "fuzz.h"
#include "object.h"

static bool inside(struct bytes part, struct bytes all)
{
	return !part.size || (part.at >= all.at && part.at + part.size <= all.at + all.size);
}

static void walk(struct bytes in)
{
	struct elf_section s;
	struct elf_symbol sym;
	struct elf_fixup f;

	for (uint32_t i = 0; elf_section_at(in, i, &s); i++) {
		must(inside(s.name, in) && inside(s.content, in));
		for (uint32_t k = 0; k < 64 && elf_section_symbol(in, &s, k, &sym); k++)
			must(inside(sym.name, in));
		for (uint32_t k = 0; k < 64 && elf_section_fixup(&s, k, &f); k++)
			must(f.symbol < 1 << 24);
	}
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct attributes at;
	struct bytes name, object;
	size_t from = 0;

	if (object_admit(in, "x.a", 3, &a, &e) < 0)
		must(e.text[0] && e.fix[0]);
	while (object_member(in, &from, &name, &object) > 0)
		must(inside(name, in) && inside(object, in));
	walk(in);
	if (attributes_read(in, &at))
		must(attributes_architecture(&at)[0]);
	arena_done(&a);
}
