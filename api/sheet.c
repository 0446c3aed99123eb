/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <ctype.h>
#include <string.h>

#define PUT(s, ...) text_add(&(s)->text, (s)->arena, __VA_ARGS__)

/* Would Markdown take it for a sign?  In code it knows none but the bar of tables, and '_' inside of a word is none. */
static bool is_sign(const char *words, const char *c, bool code)
{
	if (code || *c == '|')
		return *c == '|';
	if (*c == '_')
		return c == words || !isalnum((unsigned char)c[-1]) || !isalnum((unsigned char)c[1]);
	return strchr("\\`*[]#", *c) != NULL;
}

/* Words of somebody else's. */
static void put_words(struct sheet *s, const char *words, bool code)
{
	for (const char *c = words; *c; c++) {
		if ((s->html || !code) && strchr("&<>", *c))
			PUT(s, "&%s;", *c == '&' ? "amp" : *c == '<' ? "lt" : "gt");
		else
			PUT(s, "%s%c", !s->html && is_sign(words, c, code) ? "\\" : "", *c);
	}
}

void sheet_begin(struct sheet *s, const char *title)
{
	if (!s->html)
		return;
	PUT(s, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	put_words(s, title, false);
	PUT(s, "</title>\n<style>\nbody { max-width: 60em; margin: 2em auto; padding: 0 1em; font-family: sans-serif }\n"
	    "pre, code { font-family: monospace; background: #f4f4f4 }\npre { padding: .6em; overflow: auto }\n"
	    "table { border-collapse: collapse }\ntd, th { border: 1px solid #ccc; padding: .2em .6em; text-align: left }\n</style>\n</head>\n<body>\n");
}

void sheet_heading(struct sheet *s, int level, const char *words)
{
	if (s->html) {
		PUT(s, "<h%d>", level);
		put_words(s, words, false);
		PUT(s, "</h%d>\n", level);
		return;
	}
	PUT(s, "%s%.*s ", s->text.size ? "\n" : "", level, "######");
	put_words(s, words, false);
	PUT(s, "\n");
}

static void put_one_paragraph(struct sheet *s, const char *words)
{
	PUT(s, s->html ? "<p>" : "\n");
	put_words(s, words, false);
	PUT(s, s->html ? "</p>\n" : "\n");
}

void sheet_paragraph(struct sheet *s, const char *words)
{
	while (*words) {
		const char *end = strstr(words, "\n\n");
		size_t size = end ? (size_t)(end - words) : strlen(words);

		if (size)
			put_one_paragraph(s, arena_printf(s->arena, "%.*s", (int)size, words));
		words += size + (end ? 2 : 0);
	}
}

void sheet_code(struct sheet *s, const char *code)
{
	if (!s->html) {
		PUT(s, "\n```c\n%s\n```\n", code);
		return;
	}
	PUT(s, "<pre><code>");
	put_words(s, code, true);
	PUT(s, "</code></pre>\n");
}

static void put_cell(struct sheet *s, const char *words, const char *tag)
{
	bool code = *words == '`';

	if (s->html)
		PUT(s, "<%s>%s", tag, code ? "<code>" : "");
	else
		PUT(s, code ? " `" : " ");
	put_words(s, words + code, code);
	if (s->html)
		PUT(s, "%s</%s>", code ? "</code>" : "", tag);
	else
		PUT(s, code ? "` |" : " |");
}

void sheet_row(struct sheet *s, bool head, const char *const *cells, size_t count)
{
	if (head)
		PUT(s, s->html ? "<table>\n" : "\n");
	PUT(s, s->html ? "<tr>" : "|");
	for (size_t i = 0; i < count; i++)
		put_cell(s, cells[i], head ? "th" : "td");
	PUT(s, s->html ? "</tr>\n" : "\n");
	if (!head || s->html)
		return;
	PUT(s, "|");
	for (size_t i = 0; i < count; i++)
		PUT(s, "---|");
	PUT(s, "\n");
}

void sheet_table_end(struct sheet *s)
{
	if (s->html)
		PUT(s, "</table>\n");
}

void sheet_end(struct sheet *s)
{
	if (s->html)
		PUT(s, "</body>\n</html>\n");
}
