/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever lies in a file that is called C, it is read to its end, and what is said of it has a place in it. */
#include <string.h>

#include "ctokens.h"
#include "fuzz.h"
#include "importfile.h"

static int lines_of(struct bytes in)
{
	int lines = 1;

	for (size_t i = 0; i < in.size; i++)
		lines += in.at[i] == '\n';
	return lines;
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct import_file f = { .path = "main.c", .kind = IMPORT_C, .text = in };
	struct ctokens c = ctokens_of(in);
	struct ctoken t;
	size_t size = 0;
	int lines = lines_of(in);

	while (ctokens_next(&c, &t)) {
		must(t.text.size > 0 && t.line >= 1 && t.line <= lines && t.column >= 1);
		size += t.text.size;
	}
	must(size <= in.size);

	importfile_read(&f, &a);
	must(f.main_line >= 0 && f.main_line <= lines);
	for (size_t i = 0; i < f.words.count; i++) {
		const struct import_word *w = f.words.at[i];

		must(w->name && w->line >= 1 && w->line <= lines);
	}
	arena_done(&a);
}
