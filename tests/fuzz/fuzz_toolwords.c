/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever compilers and linkers say, there is a sentence about it. */
#include <string.h>

#include "fuzz.h"
#include "toolwords.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct toolwords w = { 0 };
	struct err e = { 0 };
	char *left, *text = arena_string(&a, in);

	const char *output = strtok_r(text, "\n", &left);
	for (char *line; (line = strtok_r(NULL, "\n", &left));)
		toolwords_read(&w, line, &a);
	if (output) {
		must(toolwords_err(&w, output, &a, &e) < 0);
		must(e.code < 0 && e.text[0]);
	}
	arena_done(&a);
}
