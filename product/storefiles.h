/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the public files of a store are read from: its folder, a mirror's, or
 * a server.  Who reads believes nothing of what comes.
 *
 *   log/checkpoint, log/tile/...	the log
 *   index/config.json, index/he/ll/example.org/hello	the index
 *   blobs/sha256/<hash>		packages
 */
#ifndef STOREFILES_H
#define STOREFILES_H

#include "arena.h"
#include "err.h"

struct storefiles {
	/* A file by its path there, at most `limit` bytes; -MS_ENOENT if there is none, -MS_EFBIG above the limit. */
	int (*read)(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e);
	/* The names below a folder there, sorted, folders with a '/' behind; NULL where nobody can list (a server). */
	int (*list)(void *context, const char *path, struct arena *a, struct list *names, struct err *e);
	void *context;
	const char *name;	/* for messages */
};

/* Those below a folder; `path` is borrowed. */
struct storefiles storefiles_folder(const char *path, struct arena *a);

#endif
