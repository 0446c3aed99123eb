/* SPDX-License-Identifier: Apache-2.0 */
/* A page of text in Markdown or HTML.  What is put there is words: no sign of them is taken for one of the page's own. */
#ifndef SHEET_H
#define SHEET_H

#include "arena.h"

struct sheet {
	struct arena *arena;
	bool html;
	struct text text;
};

void sheet_begin(struct sheet *s, const char *title);
void sheet_heading(struct sheet *s, int level, const char *words);

/* Empty lines part paragraphs; nothing for "". */
void sheet_paragraph(struct sheet *s, const char *words);

/* As it stands, in C. */
void sheet_code(struct sheet *s, const char *code);

/* Rows of a table, the first of them its head.  A cell that begins with '`' is code. */
void sheet_row(struct sheet *s, bool head, const char *const *cells, size_t count);
void sheet_table_end(struct sheet *s);

void sheet_end(struct sheet *s);

#endif
