/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the .gitignore files of a folder leave out, by git's own rules: the last
 * pattern that fits decides, '!' takes back, '/' ties to the folder of the file,
 * a '/' at the end means folders only, '**' any number of folders.
 */
#ifndef IGNORE_H
#define IGNORE_H

#include "arena.h"
#include "err.h"

struct ignore { struct list rules; };	/* starts zeroed */

/* Add the rules of a folder's .gitignore, if it has one; `path` of the folder relative to the root, "" for itself.  Outer folders first. */
int ignore_read(struct ignore *g, const char *root, const char *path, struct arena *a, struct err *e);

/* Is a path relative to the root left out?  Whoever asks has not been told so of a folder that it is in. */
bool ignore_has(const struct ignore *g, const char *path, bool is_folder, struct arena *a);

#endif
