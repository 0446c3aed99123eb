/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Code that changes r9 loses the way to its data: on a device r9 holds the data
 * base throughout.  Found by decoding what the marks of the symbol table say is
 * code; saving and restoring it, as compilers do, does not count.
 */
#include "executable_parts.h"

#include <stdlib.h>
#include <string.h>

#include "linkmap.h"
#include "thumb.h"

enum { R9 = 9 };

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

int executable_check_r9(const struct check *k)
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
				return check_fail_rule(k, RULE_R9, &place, check_where(k, k->f.text.address + at, &place));
			at += t.size;
		}
	}
	return MS_OK;
}
