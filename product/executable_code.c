/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the code of an executable does that its headers do not show.  On a
 * device text and data lie at a distance that only the product knows, so one
 * is reached from the other by the GOT alone.  The linker resolves any other
 * way with the distance it sees, without a word; the relocations that it was
 * told to leave in the file (--emit-relocs) give it away.
 */
#include "executable_parts.h"

#include <stdlib.h>
#include <string.h>

#include "attributes.h"
#include "elf_section.h"
#include "file.h"
#include "linkmap.h"
#include "object.h"
#include "thumb.h"

enum rule {
#define EXECUTABLE_RULE(name, wrong, fix) RULE_##name,
#include "executable_rules.def"
#undef EXECUTABLE_RULE
};

/* What a relocation takes an address relative to (ELF for the Arm Architecture, "Relocation codes"). */
enum reach { REACH_OTHER, REACH_PLACE, REACH_GOT_BY_PLACE, REACH_GOT, REACH_BASE, REACH_PARTS, REACH_THREAD };

enum { PLACE_ALIGN_MAX = 32, SECTION_ABSOLUTE = 0xfff1, R9 = 9 };

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

static int fail(const struct check *k, enum rule rule, const struct symbol_place *place, const char *details)
{
	static const struct { const char *wrong, *fix; } rules[] = {
#define EXECUTABLE_RULE(name, wrong, fix) { wrong, fix },
#include "executable_rules.def"
#undef EXECUTABLE_RULE
	};

	return check_fail_at(k, place, arena_printf(k->a, "%s: %s", rules[rule].wrong, details), rules[rule].fix);
}

/* The rule that a relocation breaks, if it breaks one. */
static bool breaks(const struct check *k, uint32_t address, uint8_t type, const struct elf_symbol *to, enum rule *rule)
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
	enum rule broken = 0, rule;
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
	return count ? fail(k, broken, &first, t.at) : MS_OK;
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

static int check_target(const struct check *k)
{
	const struct symbol_place nowhere = { 0 };
	struct elf_section s;
	struct attributes at;
	struct manifest meta;

	if (!elf_section_of_type(k->f.raw, ELF_SECTION_ATTRIBUTES, &s) || !attributes_read(s.content, &at) || !at.architecture)
		return MS_OK;
	int rc = executable_meta(&k->f, k->c->path, &meta, k->e);
	if (rc < 0 || attributes_run(&at, meta.targets[0]))
		return rc;
	return fail(k, RULE_ARCHITECTURE, &nowhere, arena_printf(k->a, "it is for %s, and the target is %s", attributes_architecture(&at),
								 target_name(meta.targets[0])));
}

/* "vendor/libx.a(rot.o)", or an object by itself: its bytes. */
static bool read_object(const struct check *k, struct bytes object, struct bytes *out)
{
	const uint8_t *open = object.size && object.at[object.size - 1] == ')' ? memrchr(object.at, '(', object.size) : NULL;
	struct bytes path = bytes_part(object, 0, open ? (size_t)(open - object.at) : object.size);
	struct bytes wanted = open ? bytes_part(object, path.size + 1, object.size - path.size - 2) : (struct bytes){ 0 }, file, name;
	struct err ignored = { 0 };
	size_t at = 0;

	if (file_read(arena_string(k->a, path), OBJECT_SIZE_MAX, k->a, &file, &ignored) < 0)
		return false;
	*out = file;
	if (!open)
		return true;
	while (object_member(file, &at, &name, out) > 0)
		if (bytes_equal(name, wanted))
			return true;
	return false;
}

/* Does this part of the link come with such an alignment? */
static bool asks_for(const struct check *k, const struct linkmap_part *part, uint32_t align)
{
	struct elf_section s;
	struct bytes raw;

	if (part->address % align || !read_object(k, part->object, &raw))
		return false;
	for (uint32_t i = 0; elf_section_at(raw, i, &s); i++)
		if (s.align >= align && bytes_equal(s.name, part->section))
			return true;
	return false;
}

static int fail_alignment(const struct check *k, const struct elf_section *s)
{
	struct symbol_place place = { 0 };
	struct linkmap_part part;
	const char *who = NULL;

	for (size_t at = 0; !who && linkmap_next(k->c->map, &at, &part); )
		if (part.address - s->address < s->size && asks_for(k, &part, s->align))
			who = check_where(k, part.address, &place);
	return fail(k, RULE_ALIGNMENT, &place, arena_printf(k->a, "%s asks for %u", who ? who : arena_printf(k->a, "section '%.*s'", (int)s->name.size,
							     (const char *)s->name.at), (unsigned)s->align));
}

static int check_placement(const struct check *k)
{
	struct symbol_place place;
	struct elf_section s;

	for (uint32_t i = 0; elf_section_at(k->f.raw, i, &s); i++) {
		if (!(s.flags & ELF_SECTION_ALLOC) || !s.size)
			continue;
		if (elf_section_unrun(&s)) {
			const char *at = check_where(k, s.address, &place);
			return fail(k, RULE_CONSTRUCTORS, &place, arena_printf(k->a, "section '%.*s' with %s", (int)s.name.size, (const char *)s.name.at, at));
		}
		if (s.align > PLACE_ALIGN_MAX)
			return fail_alignment(k, &s);
	}
	return MS_OK;
}

struct mark { uint32_t address; bool code; };

static int by_address(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

/* "$t" and "$d", and the same with a dot behind: where code begins and constants do. */
static uint32_t find_marks(const struct check *k, struct mark **out)
{
	struct elf_symbol s;
	uint32_t count = 0, n = 0;

	while (elf_symbol(&k->f, n, &s))
		n++;
	*out = arena_array(k->a, struct mark, n + 1);
	for (uint32_t i = 0; i < n && elf_symbol(&k->f, i, &s); i++)
		if (s.name.size >= 2 && s.name.at[0] == '$' && (s.name.at[1] == 't' || s.name.at[1] == 'd') && (s.name.size == 2 || s.name.at[2] == '.'))
			(*out)[count++] = (struct mark){ s.value & ~UINT32_C(1), s.name.at[1] == 't' };
	qsort(*out, count, sizeof(**out), by_address);
	(*out)[count] = (struct mark){ k->f.text.address + k->f.text.file_size, false };
	return count;
}

/* Behind a pop into a low register, and moves of others that it loaded: an epilogue where pop knows low registers only. */
static bool was_popped(struct bytes text, uint32_t at, unsigned from)
{
	while (at >= 2 && (bytes_u16(text.at + at - 2) & 0xffc0) == 0x4680)
		at -= 2;
	uint16_t before = at >= 2 ? bytes_u16(text.at + at - 2) : 0;

	return (before & 0xfe00) == 0xbc00 && before >> from & 1;
}

/* What gives r9 back what it was does not count: compilers save it wherever a function has to save others. */
static bool changes_r9(struct bytes text, uint32_t at, const struct thumb *t)
{
	enum { SP = 13 };
	uint16_t h = bytes_u16(text.at + at);

	if (!(t->writes >> R9 & 1))
		return false;
	if (t->size == 2)
		return !((h & 0xffc0) == 0x4680 && was_popped(text, at, h >> 3 & 7));
	bool several = (h & 0xfe40) == 0xe800, two = (h & 0xfe40) == 0xe840, one = (h & 0xfff0) == 0xf850;
	bool coprocessor = (h & 0xec00) == 0xec00;

	return !several && !coprocessor && !((two || one) && (h & 15) == SP);
}

/* The SDK's and the compiler's own libraries know what they do: they lie elsewhere than the project's. */
static bool trusted(const struct check *k, uint32_t address)
{
	struct linkmap_part part;
	struct symbol_place place;

	if (linkmap_find(k->c->map, address, &part))
		return part.object.at[0] == '/';
	return k->symbols && symbols_find(k->symbols, address, &place) && place.function &&
	       (!strncmp(place.function, "__", 2) || !strcmp(place.function, "longjmp"));
}

static int check_r9(const struct check *k)
{
	struct bytes text = bytes_part(k->f.raw, k->f.text.offset, k->f.text.file_size);
	struct symbol_place place;
	struct mark *marks;
	uint32_t count = find_marks(k, &marks);

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = marks[i].address - k->f.text.address, end = marks[i + 1].address - k->f.text.address;

		while (marks[i].code && at < end && at < text.size) {
			struct thumb t = thumb_decode(text, k->f.text.address, at);

			if (!t.size)
				break;
			if (changes_r9(text, at, &t) && !trusted(k, k->f.text.address + at))
				return fail(k, RULE_R9, &place, check_where(k, k->f.text.address + at, &place));
			at += t.size;
		}
	}
	return MS_OK;
}

int executable_check_code(const struct check *k)
{
	int rc = executable_check_reach(k);
	if (rc == MS_OK)
		rc = check_target(k);
	if (rc == MS_OK)
		rc = check_placement(k);
	return rc == MS_OK ? check_r9(k) : rc;
}
