/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "opt.h"

enum { NEAR = 2, WORD_MAX = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/*
 * Edits from one word to the other: a character too much, too few, another,
 * or two swapped (optimal string alignment).  Upper and lower case are alike.
 */
static size_t distance(const char *a, const char *b)
{
	size_t row[3][WORD_MAX + 1], rows = strlen(a), columns = strlen(b);

	for (size_t j = 0; j <= columns; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= columns; j++) {
			now[j] = least(least(now[j - 1], last[j]) + 1, last[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return row[rows % 3][columns];
}

/* The first that begins with the word. */
static const char *completed(const char *word, const char *const names[], size_t count)
{
	size_t size = strlen(word);

	for (size_t i = 0; i < count && size >= 2; i++)
		if (strncmp(names[i], word, size) == 0)
			return names[i];
	return NULL;
}

const char *opt_nearest(const char *word, const char *const names[], size_t count)
{
	const char *best = NULL;
	size_t best_distance = NEAR + 1, size = strlen(word);

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(names[i]);
		if (size > WORD_MAX || length > WORD_MAX)
			continue;
		size_t d = distance(word, names[i]);
		/* Where half of a word is different it is another word. */
		if (d < best_distance && 2 * d < least(size, length)) {
			best = names[i];
			best_distance = d;
		}
	}
	return best ? best : completed(word, names, count);
}
