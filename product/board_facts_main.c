/* SPDX-License-Identifier: Apache-2.0 */
/* board-facts DTB FOLDER: writes what a board's runtime is compiled and linked with.  Part of our own build. */
#include <stdio.h>

#include "board.h"
#include "file.h"

/* Only what has changed is written, so that little is compiled anew. */
static int write_facts(const char *path, const char *folder, struct arena *a, struct err *e)
{
	struct board_files files;
	struct bytes dtb;

	int rc = file_read(path, 1 << 20, a, &dtb, e);
	if (rc >= 0)
		rc = board_facts(dtb, path, a, &files, e);
	if (rc >= 0)
		rc = file_update(path_join(a, folder, "board_facts.h"), files.header, 0644, a, NULL, e);
	if (rc >= 0)
		rc = file_update(path_join(a, folder, "board_capacity.h"), files.capacity, 0644, a, NULL, e);
	if (rc >= 0)
		rc = file_update(path_join(a, folder, "memory.ld"), files.script, 0644, a, NULL, e);
	return rc;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	if (argc != 3) {
		fprintf(stderr, "usage: board-facts DTB FOLDER\n");
		return 2;
	}
	int rc = write_facts(argv[1], argv[2], &a, &e);
	if (rc < 0)
		fprintf(stderr, "board-facts: %s\n", e.text);
	arena_done(&a);
	return rc < 0;
}
