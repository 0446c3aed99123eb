/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder with nothing but the files of a source in it, where it is built
 * again; what is built there is removed with it.
 *
 *	<temporary folder>/ms-rebuild.XXXXXX/NAME	the files
 *	                                    /home	of a person who never was: a key that signs nothing else
 *	                                    /tmp
 */
#ifndef CLEANROOM_H
#define CLEANROOM_H

#include "archive.h"
#include "source_tree.h"

struct cleanroom {
	char *top;
	const char *folder;	/* with the files */
	struct arena *a;
};

/* Make it, with these files (struct source_tree_file *); `name` is the folder's: to others that is a project's name. */
int cleanroom_open(struct cleanroom *room, const char *name, const struct list *files, struct arena *a, struct err *e);
void cleanroom_close(struct cleanroom *room);

/*
 * Build the package of the files there as that of `like` was (its release flag and compiler, its time), by another ms behind a wall
 * (`ms verify --rebuild`): without network, and without reading or writing what is not the system's, the SDK's or in that folder.
 * It is signed by a key that is thrown away.  `unwalled`: without that wall.  What the build says about itself goes to stderr.
 */
int cleanroom_build(const struct cleanroom *room, const struct manifest *like, bool unwalled, struct bytes *package, struct err *e);

#endif
