/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "printable.h"

enum { SOURCE_MAX = 4 * 1024 * 1024, WIDTH = 80 };

/* Regular files only: a pipe has been read already, and would be waited for. */
static int read_source(const char *path, struct arena *a, struct bytes *source)
{
	struct stat st;
	struct err ignored;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return -MS_ENOENT;
	return file_read(path, SOURCE_MAX, a, source, &ignored);
}

/* A line by its number, from 1, as text that may be shown; NULL if there is none. */
static char *line_of(struct bytes source, int number, struct arena *a)
{
	const uint8_t *at = source.at, *end = source.at + source.size;

	for (int i = 1; i < number; i++) {
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			return NULL;
		at++;
	}
	const uint8_t *stop = memchr(at, '\n', (size_t)(end - at));
	size_t size = (size_t)((stop ? stop : end) - at);
	if (size && at[size - 1] == '\r')
		size--;

	char *line = arena_string(a, (struct bytes){ at, size });
	line[printable(line, size)] = '\0';
	for (char *c = line; *c; c++)
		if (*c == '\t')
			*c = ' ';
	return line;
}

/* Step over characters, at most `count`; *passed says how many there were. */
static const char *skip(const char *at, int count, int *passed)
{
	int n = 0;

	for (; n < count && *at; n++)
		at += printable_char(at, strlen(at));
	*passed = n;
	return at;
}

void place_add(struct text *t, struct arena *a, const struct err *e)
{
	struct bytes source;
	int before, shown, marked;

	if (!e->file[0] || e->line < 1 || read_source(e->file, a, &source) < 0)
		return;
	const char *line = line_of(source, e->line, a);
	if (!line)
		return;

	/* Of a long line, the part around the column. */
	skip(line, e->column > 0 ? e->column - 1 : 0, &marked);
	const char *from = skip(line, marked > WIDTH - 10 ? marked - WIDTH / 2 : 0, &before);
	const char *to = skip(from, WIDTH, &shown);
	const char *cut = before ? "..." : "";
	text_add(t, a, "%6d | %s%.*s%s\n", e->line, cut, (int)(to - from), from, *to ? "..." : "");
	if (e->column > 0)
		text_add(t, a, "       | %*s^\n", marked - before + (int)strlen(cut), "");
}
