/* SPDX-License-Identifier: Apache-2.0 */
/* board-facts DTB HEADER SCRIPT: writes what a board's runtime is compiled and linked with.  Part of our own build. */
#include <stdio.h>

#include "board.h"
#include "file.h"

static int write_facts(char **path, struct arena *a, struct err *e)
{
	struct bytes dtb, header, script;

	int rc = file_read(path[0], 1 << 20, a, &dtb, e);
	if (rc < 0)
		return rc;
	rc = board_facts(dtb, path[0], a, &header, &script, e);
	if (rc < 0)
		return rc;
	rc = file_replace(path[1], header, 0644, a, e);
	if (rc < 0)
		return rc;

	return file_replace(path[2], script, 0644, a, e);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	if (argc != 4) {
		fprintf(stderr, "usage: board-facts DTB HEADER SCRIPT\n");
		return 2;
	}
	int rc = write_facts(argv + 1, &a, &e);
	if (rc < 0)
		fprintf(stderr, "board-facts: %s\n", e.text);
	arena_done(&a);
	return rc < 0;
}
