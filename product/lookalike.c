/* SPDX-License-Identifier: Apache-2.0 */
#include "lookalike.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_SIZE = 128, LABEL_LEAST = 4 };

/* What is not seen of a name. */
enum { GLYPHS = 1, MARKS = 2, DOUBLED = 4, ALL = GLYPHS | MARKS | DOUBLED };

static const struct { const char *seen, *as; } glyphs[] = {
	{ "rn", "m" }, { "vv", "w" }, { "cl", "d" }, { "0", "o" }, { "1", "l" }, { "i", "l" }, { "2", "z" }, { "5", "s" }, { "8", "b" }, { "9", "g" },
};

/* One character, of how many that are there. */
static char read_as(const char *name, unsigned unseen, size_t *taken)
{
	for (size_t i = 0; unseen & GLYPHS && i < sizeof(glyphs) / sizeof(*glyphs); i++) {
		*taken = strlen(glyphs[i].seen);
		if (!strncmp(name, glyphs[i].seen, *taken))
			return *glyphs[i].as;
	}
	*taken = 1;
	return *name;
}

/* What is seen of a name; false: it is longer than any. */
static bool skeleton(const char *name, unsigned unseen, char out[NAME_MAX_SIZE])
{
	bool letter = false;	/* the one before, as it is written: digits tell apart how often they stand there */
	size_t size = 0, taken;

	for (; *name; name += taken) {
		char c = read_as(name, unseen, &taken);
		bool again = letter && islower((unsigned char)*name) && size && out[size - 1] == c;

		if (unseen & MARKS && strchr("-._", c))
			continue;
		letter = islower((unsigned char)*name);
		if (unseen & DOUBLED && again)
			continue;
		if (size == NAME_MAX_SIZE - 1)
			return false;
		out[size++] = c;
	}
	out[size] = '\0';
	return true;
}

static bool seen_alike(const char *one, const char *two, unsigned unseen)
{
	char seen[2][NAME_MAX_SIZE];

	return !skeleton(one, unseen, seen[0]) || !skeleton(two, unseen, seen[1]) || !strcmp(seen[0], seen[1]);
}

/* Two labels of one size: two neighbours swapped, or one other inside. */
static enum lookalike one_changed(const char *one, const char *two, size_t size)
{
	size_t from = 0, to = size;

	while (one[from] == two[from])
		from++;
	while (one[to - 1] == two[to - 1])
		to--;
	if (to - from == 2 && one[from] == two[from + 1] && one[from + 1] == two[from])
		return LOOKALIKE_SWAPPED;
	return to - from == 1 && from > 0 && to < size ? LOOKALIKE_CHANGED : LOOKALIKE_NONE;
}

/* The longer one has one character more than the other, and not just a number. */
static enum lookalike one_more(const char *longer, const char *shorter, size_t size)
{
	size_t i = 0;

	while (i < size && longer[i] == shorter[i])
		i++;
	if (i == size && isdigit((unsigned char)longer[i]))
		return LOOKALIKE_NONE;
	return strncmp(longer + i + 1, shorter + i, size - i) ? LOOKALIKE_NONE : LOOKALIKE_LONGER;
}

static enum lookalike labels_alike(const char *one, size_t size, const char *two, size_t other)
{
	if ((size < other ? size : other) < LABEL_LEAST)
		return LOOKALIKE_NONE;
	if (size == other)
		return one_changed(one, two, size);
	if (size + 1 == other)
		return one_more(two, one, size);
	return other + 1 == size ? one_more(one, two, other) : LOOKALIKE_NONE;
}

/* Do they differ in one label alone, and there by one edit? */
static enum lookalike one_edit(const char *one, const char *two)
{
	enum lookalike found = LOOKALIKE_NONE;

	for (;; one++, two++) {
		size_t size = strcspn(one, "."), other = strcspn(two, ".");

		if (size != other || strncmp(one, two, size)) {
			enum lookalike how = found ? LOOKALIKE_NONE : labels_alike(one, size, two, other);

			if (!how)
				return LOOKALIKE_NONE;
			found = how;
		}
		one += size;
		two += other;
		if (!*one || !*two)
			return *one == *two ? found : LOOKALIKE_NONE;
	}
}

static bool is_below(const char *name, const char *domain)
{
	size_t size = strlen(name), other = strlen(domain);

	return size > other && name[size - other - 1] == '.' && !strcmp(name + size - other, domain);
}

enum lookalike lookalike(const char *one, const char *two)
{
	static const struct { unsigned unseen; enum lookalike how; } seen[] = {
		{ GLYPHS, LOOKALIKE_GLYPHS }, { MARKS, LOOKALIKE_MARKS }, { DOUBLED, LOOKALIKE_DOUBLED }, { ALL, LOOKALIKE_SEVERAL },
	};

	if (!strcmp(one, two))
		return LOOKALIKE_NONE;
	for (size_t i = 0; i < sizeof(seen) / sizeof(*seen); i++)
		if (seen_alike(one, two, seen[i].unseen))
			return seen[i].how;
	if (is_below(one, two) || is_below(two, one))
		return LOOKALIKE_BELOW;
	return one_edit(one, two);
}

const char *lookalike_words(enum lookalike how)
{
	static const char *const words[LOOKALIKE_COUNT] = {
#define LOOKALIKE(NAME, one, other, text) [LOOKALIKE_##NAME] = text,
#include "lookalike.def"
#undef LOOKALIKE
	};

	return words[how];
}
