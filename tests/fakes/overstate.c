/* SPDX-License-Identifier: Apache-2.0 */
/*
 * overstate FOLDER KEY SIZE: the checkpoint of the log below the folder says that there are so many entries, and is signed anew by the store's own key:
 * what only who runs a store can do.
 */
#include <stdio.h>
#include <stdlib.h>

#include "checkpoint.h"
#include "file.h"

static void must(int rc, const struct err *e)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "overstate: %s\n", e->text);
	exit(1);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct checkpoint c;
	struct ed25519 *key;
	struct bytes note;
	struct err e;

	if (argc != 4)
		return fprintf(stderr, "usage: overstate FOLDER KEY SIZE\n"), 2;
	const char *path = path_join(&a, argv[1], "log/checkpoint");
	must(file_read(path, NOTE_SIZE_MAX, &a, &note, &e), &e);
	must(checkpoint_peek(note, path, &a, &c, &e), &e);
	must(ed25519_open(argv[2], &a, &key, &e), &e);
	c.size = strtoull(argv[3], NULL, 10);
	must(checkpoint_sign(&c, key, &a, &note, &e), &e);
	must(file_replace(path, note, 0644, &a, &e), &e);
	ed25519_close(key);
	arena_done(&a);
	return 0;
}
