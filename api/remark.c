/* SPDX-License-Identifier: Apache-2.0 */
#include "remark.h"

#include <string.h>

static const struct { const char *word; enum remark_kind kind; bool named; } marks[] = {
	{ "param", REMARK_PARAMETER, true }, { "retval", REMARK_ERROR, true }, { "returns", REMARK_RESULT, false }, { "return", REMARK_RESULT, false },
};

/* One word, and what is behind it. */
static const char *take_word(const char **line, struct arena *a)
{
	*line += strspn(*line, " \t");
	size_t size = strcspn(*line, " \t[");
	const char *word = arena_printf(a, "%.*s", (int)size, *line);

	*line += size;
	return word;
}

/* "[in,out] name text" and the like: the mark that begins this line, without what is behind its name; NULL: there is none. */
static struct remark *find_mark(const char **line, struct arena *a)
{
	const char *at = *line + 1;

	if (**line != '@' && **line != '\\')
		return NULL;
	const char *word = take_word(&at, a);

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (strcmp(word, marks[i].word))
			continue;
		struct remark *r = arena_new(a, struct remark);

		if (*at == '[')
			at += strcspn(at, "]") + (strchr(at, ']') != NULL);
		*r = (struct remark){ marks[i].kind, marks[i].named ? take_word(&at, a) : "", "" };
		*line = at;
		return r;
	}
	if (!strcmp(word, "brief"))
		*line = at;
	return NULL;
}

static const char *join(const char *text, const char *line, struct arena *a)
{
	line += strspn(line, " \t");
	return !*text ? arena_printf(a, "%s", line) : *line ? arena_printf(a, "%s %s", text, line) : text;
}

struct remarks remark_read(const char *comment, struct arena *a)
{
	struct remarks out = { 0 };
	struct remark *now = NULL;
	struct text text = { 0 };

	for (const char *at = comment; *at;) {
		size_t size = strcspn(at, "\n");
		const char *line = arena_printf(a, "%.*s", (int)size, at);
		struct remark *mark = find_mark(&line, a);

		if (mark)
			list_push(&out.all, a, mark);
		now = mark ? mark : *line ? now : NULL;
		if (now)
			now->text = join(now->text, line, a);
		else
			text_add(&text, a, "%s%s", text.size ? "\n" : "", line + strspn(line, " \t"));
		at += size + (at[size] != '\0');
	}
	while (text.size && text.at[text.size - 1] == '\n')
		text.at[--text.size] = '\0';
	out.text = text.size ? text.at : "";
	return out;
}

const char *remark_of(const struct remarks *r, enum remark_kind kind, const char *name)
{
	for (size_t i = 0; i < r->all.count; i++) {
		const struct remark *m = r->all.at[i];

		if (m->kind == kind && !strcmp(m->name, name))
			return m->text;
	}
	return "";
}
