/* SPDX-License-Identifier: Apache-2.0 */
#include "elf_difference.h"

#include <string.h>

#include "elf_section.h"

enum { SYMBOLS_SHOWN = 8, SYMBOL_TYPES = 0xf, SYMBOL_OBJECT = 1, SYMBOL_FUNCTION = 2 };

/* The first place where they differ; the end of the shorter if one begins the other. */
static size_t first_difference(struct bytes one, struct bytes two)
{
	size_t at = 0, shorter = one.size < two.size ? one.size : two.size;

	while (at < shorter && one.at[at] == two.at[at])
		at++;
	return at;
}

static bool section_named(struct bytes raw, struct bytes name, struct elf_section *out)
{
	for (uint32_t i = 0; elf_section_at(raw, i, out); i++)
		if (out->name.size && bytes_equal(out->name, name))
			return true;
	return false;
}

/* A function or variable, and its bytes where the file has them. */
struct symbol { struct bytes name, content; uint32_t address, size; };

static bool symbol_in(struct bytes raw, const struct elf_section *table, uint32_t i, struct bytes section, struct symbol *out, bool *end)
{
	struct elf_section home;
	struct elf_symbol s;

	*end = !elf_section_symbol(raw, table, i, &s);
	if (*end || !s.size || !s.name.size || s.section >= ELF_SYMBOL_NAMELESS || !elf_section_at(raw, s.section, &home) || !bytes_equal(home.name, section))
		return false;
	unsigned type = s.info & SYMBOL_TYPES;
	uint32_t address = type == SYMBOL_FUNCTION ? s.value & ~1u : s.value;

	*out = (struct symbol){ s.name, bytes_part(home.content, address - home.address, s.size), address, s.size };
	return type == SYMBOL_FUNCTION || type == SYMBOL_OBJECT;
}

static bool find_symbol(struct bytes raw, struct bytes section, struct bytes name, struct symbol *out)
{
	struct elf_section table;
	bool end = !elf_section_of_type(raw, ELF_SECTION_SYMBOLS, &table);

	for (uint32_t i = 0; !end; i++)
		if (symbol_in(raw, &table, i, section, out, &end) && bytes_equal(out->name, name))
			return true;
	return false;
}

static void show(struct elf_section_difference *d, const char *text, struct arena *a)
{
	if (d->symbols.count < SYMBOLS_SHOWN)
		list_push(&d->symbols, a, (void *)text);
	else
		d->more++;
}

/* The symbol with the least address that is not below `from`; of those in one place the first by name. */
static bool next_symbol(struct bytes raw, struct bytes section, uint64_t from, struct symbol *out)
{
	struct elf_section table;
	struct symbol s;
	bool end = !elf_section_of_type(raw, ELF_SECTION_SYMBOLS, &table), found = false;

	for (uint32_t i = 0; !end; i++) {
		if (!symbol_in(raw, &table, i, section, &s, &end) || s.address < from || (found && s.address >= out->address))
			continue;
		*out = s;
		found = true;
	}
	return found;
}

/* Those of `left` that the other has not, or has otherwise; the second time round only those that it has not. */
static void compare_symbols(struct bytes left, struct bytes right, struct elf_section_difference *d, bool missing_only, const char *where, struct arena *a)
{
	struct bytes section = { (const uint8_t *)d->name, strlen(d->name) };
	struct symbol mine = { 0 }, other;

	for (uint64_t from = 0; next_symbol(left, section, from, &mine); from = (uint64_t)mine.address + 1) {
		const char *name = arena_string(a, mine.name);

		if (!find_symbol(right, section, mine.name, &other))
			show(d, arena_printf(a, "%s (%s only)", name, where), a);
		else if (!missing_only && mine.size != other.size)
			show(d, arena_printf(a, "%s (%u bytes, rebuilt %u)", name, mine.size, other.size), a);
		else if (!missing_only && !bytes_equal(mine.content, other.content))
			show(d, arena_printf(a, "%s", name), a);
	}
}

static void add(struct elf_difference *out, struct bytes one, struct bytes two, const struct elf_section *left, const struct elf_section *right, struct arena *a)
{
	struct elf_section_difference *d = arena_new(a, struct elf_section_difference);

	*d = (struct elf_section_difference){ .name = arena_string(a, left ? left->name : right->name), .in_one = left, .in_two = right,
					      .size_one = left ? left->size : 0, .size_two = right ? right->size : 0 };
	if (left && right) {
		d->at = (uint32_t)first_difference(left->content, right->content);
		compare_symbols(one, two, d, false, "in the package", a);
		compare_symbols(two, one, d, true, "rebuilt", a);
	}
	list_push(&out->sections, a, d);
}

void elf_difference_find(struct bytes one, struct bytes two, struct arena *a, struct elf_difference *out)
{
	struct elf_section left, right;

	*out = (struct elf_difference){ .same = bytes_equal(one, two), .at = first_difference(one, two) };
	for (uint32_t i = 0; !out->same && elf_section_at(one, i, &left); i++) {
		if (!left.name.size)
			continue;
		bool there = section_named(two, left.name, &right);
		if (!there || left.size != right.size || left.address != right.address || !bytes_equal(left.content, right.content))
			add(out, one, two, &left, there ? &right : NULL, a);
	}
	for (uint32_t i = 0; !out->same && elf_section_at(two, i, &right); i++)
		if (right.name.size && !section_named(one, right.name, &left))
			add(out, one, two, NULL, &right, a);
}
