/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	page NAME FILE.json	the page of that name, filled with the file, on standard output
 *	page FILE		a file that pages refer to
 */
#include <stdio.h>

#include "pages.h"

static int show_file(const char *name)
{
	struct bytes content;
	const char *type;

	if (!pages_file(name, &content, &type))
		return 1;
	return fwrite(content.at, 1, content.size, stdout) == content.size ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct text page = { 0 };
	struct err e = { 0 };

	if (argc == 2)
		return show_file(argv[1]);
	json_t *data = argc == 3 ? json_load_file(argv[2], 0, NULL) : NULL;
	int rc = data ? pages_render(argv[1], data, &a, &page, &e) : -1;

	if (rc < 0)
		fprintf(stderr, "%s:%d: %s\n", e.file, e.line, e.text);
	else
		fwrite(page.at, 1, page.size, stdout);
	json_decref(data);
	arena_done(&a);
	return rc < 0;
}
