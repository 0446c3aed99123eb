/* SPDX-License-Identifier: Apache-2.0 */
#include "lookalike.h"

#include <ctype.h>
#include <string.h>

enum { NAME_MAX_SIZE = 128, LABEL_LEAST = 4 };

static const struct { const char *seen, *as; } alike[] = {
	{ "rn", "m" }, { "vv", "w" }, { "cl", "d" }, { "0", "o" }, { "1", "l" }, { "i", "l" }, { "5", "s" }, { "-", "" }, { "_", "" },
};

/* What is seen of a name; false: it is longer than any. */
static bool skeleton(const char *name, char out[NAME_MAX_SIZE])
{
	size_t size = 0;

	while (*name) {
		const char *as = NULL;
		size_t taken = 1;

		for (size_t i = 0; i < sizeof(alike) / sizeof(*alike) && !as; i++) {
			taken = strlen(alike[i].seen);
			as = strncmp(name, alike[i].seen, taken) ? NULL : alike[i].as;
		}
		char c = as ? *as : *name;
		name += as ? taken : 1;
		if (!c || (size && out[size - 1] == c && islower((unsigned char)c)))
			continue;
		if (size == NAME_MAX_SIZE - 1)
			return false;
		out[size++] = c;
	}
	out[size] = '\0';
	return true;
}

/* Two labels of one size: two neighbours swapped, or one other inside. */
static bool one_changed(const char *one, const char *two, size_t size)
{
	size_t from = 0, to = size;

	while (one[from] == two[from])
		from++;
	while (one[to - 1] == two[to - 1])
		to--;
	if (to - from == 2)
		return one[from] == two[from + 1] && one[from + 1] == two[from];
	return to - from == 1 && from > 0 && to < size;
}

/* The longer one has one character more than the other, and not just a number. */
static bool one_more(const char *longer, const char *shorter, size_t size)
{
	size_t i = 0;

	while (i < size && longer[i] == shorter[i])
		i++;
	if (i == size && isdigit((unsigned char)longer[i]))
		return false;
	return !strncmp(longer + i + 1, shorter + i, size - i);
}

static bool labels_alike(const char *one, size_t size, const char *two, size_t other)
{
	if (size == other)
		return size >= LABEL_LEAST && one_changed(one, two, size);
	if (size + 1 == other)
		return size >= LABEL_LEAST && one_more(two, one, size);
	return other + 1 == size && other >= LABEL_LEAST && one_more(one, two, other);
}

/* Do they differ in one label alone, and there by one edit? */
static bool one_edit(const char *one, const char *two)
{
	bool found = false;

	for (;; one++, two++) {
		size_t size = strcspn(one, "."), other = strcspn(two, ".");

		if (size != other || strncmp(one, two, size)) {
			if (found || !labels_alike(one, size, two, other))
				return false;
			found = true;
		}
		one += size;
		two += other;
		if (!*one || !*two)
			return found && *one == *two;
	}
}

bool lookalike(const char *one, const char *two)
{
	char seen[2][NAME_MAX_SIZE];

	if (!strcmp(one, two))
		return false;
	return !skeleton(one, seen[0]) || !skeleton(two, seen[1]) || !strcmp(seen[0], seen[1]) || one_edit(one, two);
}
