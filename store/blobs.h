/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a store's packages lie: bytes by their SHA-256, each there as a whole or not at all.  An interface, so that a folder is
 * not the only place; tests/store/test_blobs.c says what each place must keep.
 */
#ifndef BLOBS_H
#define BLOBS_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

enum { BLOB_NAME_SIZE = 64 };	/* of a SHA-256 in small hexadecimal digits */

struct blobs {
	/*
	 * Take the file, which has that hash and lies on the same disk: it is gone from its place and here when this returns, with its bytes on the disk,
	 * and durable once `settle` has returned, too.  Fine if the blob is there already.
	 */
	int (*take)(const struct blobs *b, const char *name, const char *file, struct err *e);

	/* All that was taken before is durable when this returns: once for many. */
	int (*settle)(const struct blobs *b, struct err *e);

	/* The file will be taken, or not: its bytes may go to the disk meanwhile.  Nobody waits for that, and nothing fails by it. */
	void (*expect)(const struct blobs *b, const char *file);

	/* Add bytes that can be made again: it does not wait for the disk.  What is there and not as large is not they: it is replaced. */
	int (*add)(const struct blobs *b, const char *name, struct bytes content, struct err *e);

	/* The bytes of what was added are on the disk when this returns, so that `settle` makes no name durable before them. */
	int (*sync)(const struct blobs *b, const char *name, struct err *e);

	/* A descriptor of the blob's bytes and how many there are; -MS_ENOENT when there is none. */
	int (*open)(const struct blobs *b, const char *name, uint64_t *size, struct err *e);

	/* When its bytes came, seconds since 1970. */
	int (*since)(const struct blobs *b, const char *name, uint64_t *seconds, struct err *e);

	/* It is not there any more when this returns, or after a power cut perhaps again; fine if it was not.  Who has it open reads on. */
	int (*remove)(const struct blobs *b, const char *name, struct err *e);

	/* All names, sorted. */
	int (*list)(const struct blobs *b, struct arena *a, struct list *names, struct err *e);

	const char *folder;	/* of the one below */
};

/* A folder in OCI image layout: FOLDER/blobs/sha256/<hash>, FOLDER/oci-layout.  Made if it is not there; `folder` is borrowed. */
int blobs_folder(struct blobs *b, const char *folder, struct err *e);

/* The whole content of a blob of at most `limit` bytes, whose hash is looked at: ERR_STORE_BLOB when it is another's. */
int blobs_read(const struct blobs *b, const char *name, size_t limit, struct arena *a, struct bytes *content, struct err *e);

#endif
