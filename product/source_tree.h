/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a project that a source package holds: all but what is hidden, built (out/) or ignored (ignore.h). */
#ifndef SOURCE_TREE_H
#define SOURCE_TREE_H

#include "arena.h"
#include "err.h"

/* `path` relative to the project's folder, as it may stand in a source package. */
struct source_tree_file { const char *path; struct bytes content; };

/*
 * Read them (struct source_tree_file *), sorted by bytes.  A link to a file of the project counts as that file.  -MS_EPROJECT by name for a link that leads elsewhere
 * (ERR_SOURCE_LINK), a private key (ERR_SOURCE_SECRET), and what a source package cannot hold (ERR_SOURCE_FILE).
 */
int source_tree_read(const char *root, struct arena *a, struct list *files, struct err *e);

/* Write such files into a folder, which is made. */
int source_tree_write(const char *folder, const struct list *files, struct arena *a, struct err *e);

#endif
