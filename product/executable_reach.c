/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How code and data of an executable reach each other, which its headers do not
 * show.  On a device text and data lie at a distance that only the product
 * knows, so one is reached from the other by the GOT alone.  The linker resolves
 * any other way with the distance it sees, without a word; the relocations that
 * it was told to leave in the file (--emit-relocs) give it away.
 */
#include "executable_parts.h"

#include "elf_section.h"

/* What a relocation takes an address relative to (ELF for the Arm Architecture, "Relocation codes"). */
enum reach { REACH_OTHER, REACH_PLACE, REACH_GOT_BY_PLACE, REACH_GOT, REACH_BASE, REACH_PARTS, REACH_THREAD };

enum { SECTION_ABSOLUTE = 0xfff1 };

static enum reach reach_of(uint8_t type)
{
	static const struct { uint8_t from, to, reach; } ranges[] = {
		{ 1, 1, REACH_PLACE }, { 3, 4, REACH_PLACE }, { 9, 9, REACH_BASE }, { 10, 11, REACH_PLACE }, { 17, 19, REACH_THREAD },
		{ 24, 24, REACH_GOT }, { 25, 25, REACH_GOT_BY_PLACE }, { 27, 30, REACH_PLACE }, { 35, 37, REACH_BASE }, { 42, 42, REACH_PLACE },
		{ 43, 44, REACH_PARTS }, { 45, 46, REACH_PLACE }, { 47, 48, REACH_PARTS }, { 49, 54, REACH_PLACE }, { 56, 69, REACH_PLACE },
		{ 70, 89, REACH_BASE }, { 90, 93, REACH_THREAD }, { 96, 96, REACH_GOT_BY_PLACE }, { 98, 98, REACH_GOT }, { 102, 103, REACH_PLACE },
		{ 104, 107, REACH_THREAD }, { 109, 109, REACH_THREAD }, { 111, 111, REACH_THREAD }, { 132, 135, REACH_PARTS },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (type >= ranges[i].from && type <= ranges[i].to)
			return ranges[i].reach;
	return REACH_OTHER;
}

/* The rule that a relocation breaks, if it breaks one. */
static bool breaks(const struct check *k, uint32_t address, uint8_t type, const struct elf_symbol *to, enum executable_rule *rule)
{
	bool in_text = check_inside(&k->f.text, address), to_text = check_inside(&k->f.text, to->value);
	bool defined = to->section && to->section < ELF_SYMBOL_NAMELESS;

	switch (reach_of(type)) {
	case REACH_PLACE:
		*rule = in_text ? RULE_DATA_BY_CODE : RULE_CODE_BY_DATA;
		return defined && in_text != to_text;
	case REACH_GOT_BY_PLACE:
		*rule = RULE_DATA_BY_CODE;
		return in_text;
	case REACH_GOT:
		*rule = RULE_CODE_BY_DATA;
		return defined && to_text;
	case REACH_BASE:
		*rule = RULE_STATIC_BASE;
		return true;
	case REACH_PARTS:
		*rule = RULE_ABSOLUTE;
		return to->section != SECTION_ABSOLUTE;
	case REACH_THREAD:
		*rule = RULE_THREAD_MODEL;
		return true;
	default:
		return false;
	}
}

/* What an address belongs to, in quotes: its symbol, or what is known there. */
static const char *named(const struct check *k, const struct elf_symbol *to)
{
	struct symbol_place place;

	if (to->name.size && to->name.at[0] != '.')
		return arena_printf(k->a, "'%.*s'", (int)to->name.size, (const char *)to->name.at);
	if (k->symbols && symbols_find(k->symbols, to->value, &place) && place.function)
		return arena_printf(k->a, "'%s'", place.function);
	return to->name.size ? arena_printf(k->a, "the section %.*s", (int)to->name.size, (const char *)to->name.at) : "something without a name";
}

/* All relocations of one section, of which those that break the same rule as the first are named together. */
static int check_table(const struct check *k, const struct elf_section *table, const struct elf_section *symbols)
{
	struct symbol_place first = { 0 }, place;
	struct text t = { 0 };
	struct elf_symbol to;
	struct elf_fixup r;
	enum executable_rule broken = 0, rule;
	uint32_t count = 0;

	for (uint32_t i = 0; elf_section_fixup(table, i, &r); i++) {
		if (!elf_section_symbol(k->f.raw, symbols, r.symbol, &to) || !breaks(k, r.offset, r.type, &to, &rule) || (count && rule != broken))
			continue;
		broken = rule;
		if (count++ >= EXECUTABLE_NAMED_MAX)
			continue;
		text_add(&t, k->a, "%s%s reaches %s", count > 1 ? "; " : "", check_where(k, r.offset, &place), named(k, &to));
		if (count == 1)
			first = place;
	}
	if (count > EXECUTABLE_NAMED_MAX)
		text_add(&t, k->a, "; and %u more", (unsigned)(count - EXECUTABLE_NAMED_MAX));
	return count ? check_fail_rule(k, broken, &first, t.at) : MS_OK;
}

int executable_check_reach(const struct check *k)
{
	struct elf_section s, of, symbols;
	int rc = MS_OK;

	for (uint32_t i = 0; rc == MS_OK && elf_section_at(k->f.raw, i, &s); i++) {
		if (s.type != ELF_SECTION_RELOCATIONS || s.flags & ELF_SECTION_ALLOC)
			continue;
		if (elf_section_at(k->f.raw, s.info, &of) && of.flags & ELF_SECTION_ALLOC && elf_section_at(k->f.raw, s.link, &symbols))
			rc = check_table(k, &s, &symbols);
	}
	return rc;
}
