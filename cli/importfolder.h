/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder of somebody's C project, read whole before anything is made of it.
 *
 * Hidden files are passed by.  Bounds on count, size and depth hold before anything is
 * read, and a link that leads out of the folder, or what cannot be read, ends it:
 * half an import would look like a whole one.
 */
#ifndef IMPORTFOLDER_H
#define IMPORTFOLDER_H

#include "err.h"
#include "importfile.h"

enum {
	IMPORT_FILE_MAX = 4 << 20,	/* bytes of a source */
	IMPORT_SIZE_MAX = 32 << 20,	/* of all of them */
	IMPORT_COUNT_MAX = 20000,	/* files of any sort */
	IMPORT_SOURCE_MAX = 2000,	/* C sources and headers */
	IMPORT_DEPTH_MAX = 24,		/* folders in folders */
};

/* All files below `folder`, sorted by path; C sources, headers and licences with their text, and read. */
int importfolder_read(const char *folder, struct arena *a, struct list *files, struct err *e);

/* The file of this path; NULL: none. */
struct import_file *importfolder_find(const struct list *files, const char *path);

/* "a/../b/./c" as "b/c"; NULL if that leads out of the folder. */
char *importfolder_clean(const char *path, struct arena *a);

#endif
