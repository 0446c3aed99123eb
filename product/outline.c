/* SPDX-License-Identifier: Apache-2.0 */
#include "outline.h"

#include <stdlib.h>
#include <string.h>

#include "elf_section.h"
#include "key.h"

enum { SHOWN = 8, TYPES = 0xf, OBJECT = 1, FUNCTION = 2 };

static const uint8_t *digest_of(struct bytes content, struct arena *a)
{
	uint8_t hash[32], *digest = arena_take(a, SOURCE_DIGEST_SIZE);

	sha256(content, hash);
	memcpy(digest, hash, SOURCE_DIGEST_SIZE);
	return digest;
}

/* A name as it can stand in a manifest. */
static struct bytes name_of(struct bytes name, struct arena *a)
{
	struct bytes copy = arena_copy(a, bytes_part(name, 0, 1024));
	uint8_t *at = (uint8_t *)(uintptr_t)copy.at;

	for (size_t i = 0; i < copy.size; i++)
		if (at[i] < ' ' || at[i] > '~')
			at[i] = '?';
	return copy;
}

struct symbol { struct source_outline row; uint32_t address; };

static int by_address(const void *left, const void *right)
{
	const struct symbol *l = left, *r = right;

	if (l->address != r->address)
		return l->address < r->address ? -1 : 1;
	int order = bytes_compare(l->row.name, r->row.name);
	return order ? order : (l->row.size > r->row.size) - (l->row.size < r->row.size);
}

/* All functions and variables of a section, sorted. */
static uint32_t symbols_in(struct bytes elf, uint32_t section, const struct elf_section *home, struct symbol *out, uint32_t most, struct arena *a)
{
	struct elf_section table;
	struct elf_symbol s;
	uint32_t count = 0;

	if (!elf_section_of_type(elf, ELF_SECTION_SYMBOLS, &table))
		return 0;
	for (uint32_t i = 0; count < most && elf_section_symbol(elf, &table, i, &s); i++) {
		unsigned type = s.info & TYPES;
		uint32_t address = type == FUNCTION ? s.value & ~1u : s.value;

		if (s.section != section || !s.size || !s.name.size || s.size > PACKAGE_SIZE_MAX || (type != FUNCTION && type != OBJECT))
			continue;
		out[count++] = (struct symbol){ { name_of(s.name, a), s.size, digest_of(bytes_part(home->content, address - home->address, s.size), a), false }, address };
	}
	qsort(out, count, sizeof(*out), by_address);
	return count;
}

void outline_make(struct bytes elf, struct source_outline *rows, uint32_t *count, uint32_t most, struct arena *a)
{
	struct symbol *symbols = arena_array(a, struct symbol, most);
	struct elf_section s;

	for (uint32_t i = 0; *count < most && elf_section_at(elf, i, &s); i++) {
		if (!s.name.size || s.size > PACKAGE_SIZE_MAX)
			continue;
		rows[(*count)++] = (struct source_outline){ name_of(s.name, a), s.size, digest_of(s.content, a), true };
		uint32_t n = symbols_in(elf, i, &s, symbols, most - *count, a);

		for (uint32_t k = 0; k < n; k++)
			rows[(*count)++] = symbols[k].row;
	}
}

/* A section, and the rows behind it up to the next. */
struct part { const struct source_outline *at; uint32_t count; };

static struct part part_from(const struct source_outline *rows, uint32_t count, uint32_t from)
{
	struct part p = { &rows[from], 1 };

	while (from + p.count < count && !rows[from + p.count].is_section)
		p.count++;
	return p;
}

static bool find_part(const struct source_outline *rows, uint32_t count, struct bytes name, struct part *out)
{
	for (uint32_t i = 0; i < count; i++) {
		if (!rows[i].is_section || !bytes_equal(rows[i].name, name))
			continue;
		*out = part_from(rows, count, i);
		return true;
	}
	return false;
}

static const struct source_outline *find_symbol(const struct part *p, struct bytes name)
{
	for (uint32_t i = 1; i < p->count; i++)
		if (bytes_equal(p->at[i].name, name))
			return &p->at[i];
	return NULL;
}

static bool same(const struct source_outline *l, const struct source_outline *r)
{
	return l->size == r->size && !memcmp(l->digest, r->digest, SOURCE_DIGEST_SIZE);
}

struct telling { struct text text; uint32_t shown, more; struct arena *a; };

static void tell(struct telling *t, const char *what)
{
	if (t->shown < SHOWN)
		text_add(&t->text, t->a, "%s%s", t->shown++ ? ", " : ": ", what);
	else
		t->more++;
}

static void tell_symbols(struct telling *t, const struct part *then, const struct part *now)
{
	for (uint32_t i = 1; i < then->count; i++) {
		const struct source_outline *mine = &then->at[i], *other = find_symbol(now, mine->name);
		const char *name = arena_string(t->a, mine->name);

		if (!other)
			tell(t, arena_printf(t->a, "%s (in the package only)", name));
		else if (mine->size != other->size)
			tell(t, arena_printf(t->a, "%s (%u bytes, rebuilt %u)", name, (unsigned)mine->size, (unsigned)other->size));
		else if (!same(mine, other))
			tell(t, name);
	}
	for (uint32_t i = 1; i < now->count; i++)
		if (!find_symbol(then, now->at[i].name))
			tell(t, arena_printf(t->a, "%s (rebuilt only)", arena_string(t->a, now->at[i].name)));
}

static const char *sentence(const struct part *then, const struct part *now, struct arena *a)
{
	struct telling t = { .a = a };

	text_add(&t.text, a, "section %s differs", arena_string(a, then->at->name));
	if (then->at->size != now->at->size)
		text_add(&t.text, a, " (%u bytes, rebuilt %u)", (unsigned)then->at->size, (unsigned)now->at->size);
	tell_symbols(&t, then, now);
	if (t.more)
		text_add(&t.text, a, " and %u more", (unsigned)t.more);
	return t.text.at;
}

void outline_compare(const struct source_outline *then, uint32_t then_count, const struct source_outline *now, uint32_t now_count,
		     struct arena *a, struct list *sentences)
{
	struct part left, right;

	for (uint32_t i = 0; i < then_count; i += left.count) {
		left = part_from(then, then_count, i);
		if (!find_part(now, now_count, left.at->name, &right))
			list_push(sentences, a, arena_printf(a, "section %s is in the package alone", arena_string(a, left.at->name)));
		else if (!same(left.at, right.at))
			list_push(sentences, a, (void *)(uintptr_t)sentence(&left, &right, a));
	}
	for (uint32_t i = 0; i < now_count; i += right.count) {
		right = part_from(now, now_count, i);
		if (!find_part(then, then_count, right.at->name, &left))
			list_push(sentences, a, arena_printf(a, "section %s is in what was rebuilt alone", arena_string(a, right.at->name)));
	}
}
