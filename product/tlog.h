/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of a transparency log: hashes, paths and proofs, as RFC 6962 (2.1)
 * has them and c2sp.org/tlog-tiles lays them out in files.
 *
 * The log is a list of entries.  Its root follows from all of them; an
 * inclusion proof shows that an entry is among them, a consistency proof that
 * a longer list begins with a shorter one.  Hashes lie in tiles of 256, by
 * levels: each hash of a tile is the root of a whole tile of the level below.
 *
 * Everything here is a pure function of its arguments; files are the caller's
 * (tlog_folder.h reads them, store/log.h writes them).
 */
#ifndef TLOG_H
#define TLOG_H

#include "arena.h"
#include "err.h"

enum {
	TLOG_HASH_SIZE = 32,
	TLOG_WIDTH = 256,		/* hashes of a whole tile, entries of a whole bundle */
	TLOG_LEVEL_COUNT = 8,		/* of tiles: more than any size needs */
	TLOG_PATH_MAX = 64,		/* hashes of a proof */
	TLOG_ENTRY_MAX = 65535,		/* bytes */
	TLOG_ENTRIES = -1,		/* as a level: the bundles of entries */
};

struct tlog_hash { uint8_t at[TLOG_HASH_SIZE]; };
struct tlog_path { struct tlog_hash at[TLOG_PATH_MAX]; uint32_t count; };

struct tlog_hash tlog_leaf(struct bytes entry);
struct tlog_hash tlog_node(const struct tlog_hash *left, const struct tlog_hash *right);
struct tlog_hash tlog_empty(void);	/* the root of no entries */
bool tlog_equal(const struct tlog_hash *a, const struct tlog_hash *b);

/* The root of the `count` hashes of a tile or of a part of it: a power of two, at most TLOG_WIDTH. */
struct tlog_hash tlog_tile_root(const struct tlog_hash *at, uint32_t count);

/* How many hashes (entries, at level TLOG_ENTRIES) the tile of this number has in a log of this size: 0 if there is no such tile. */
uint32_t tlog_tile_width(int level, uint64_t number, uint64_t size);

/* "tile/0/x001/234.p/5", "tile/entries/000"; `width` 1 to 256. */
char *tlog_tile_path(int level, uint64_t number, uint32_t width, struct arena *a);

/* Where hashes come from: the first `width` of a tile.  Gives MS_OK or negative with the sentence. */
struct tlog_tiles {
	int (*read)(void *context, int level, uint64_t number, uint32_t width, struct tlog_hash *out, struct err *e);
	void *context;
};

/* The root of the first `size` entries. */
int tlog_root(const struct tlog_tiles *t, uint64_t size, struct tlog_hash *out, struct err *e);

/* The path from entry `index` (below `size`) to the root of `size` entries: from the entry's neighbour on upwards. */
int tlog_inclusion(const struct tlog_tiles *t, uint64_t index, uint64_t size, struct tlog_path *out, struct err *e);

/* That the first `size` entries begin with the first `old` (at most `size`). */
int tlog_consistency(const struct tlog_tiles *t, uint64_t old, uint64_t size, struct tlog_path *out, struct err *e);

/* Do the proofs hold?  They need nothing but these arguments, which may be anybody's. */
bool tlog_included(const struct tlog_hash *leaf, uint64_t index, uint64_t size, const struct tlog_path *p, const struct tlog_hash *root);
bool tlog_consistent(uint64_t old, const struct tlog_hash *old_root, uint64_t size, const struct tlog_hash *root, const struct tlog_path *p);

/*
 * A tree that grows: the hashes at its right edge, so that a root costs no
 * file.  Starts zeroed.  What of it is a whole tile when an entry is added is given to
 * `whole` (borrowed for the call), lowest level first.
 */
struct tlog_edge {
	uint64_t size;
	struct tlog_hash tile[TLOG_LEVEL_COUNT][TLOG_WIDTH];	/* the last tile of each level, as far as it is known */
};
typedef int tlog_whole(void *context, int level, uint64_t number, const struct tlog_hash *tile, struct err *e);
int tlog_edge_add(struct tlog_edge *g, const struct tlog_hash *leaf, tlog_whole *whole, void *context, struct err *e);
struct tlog_hash tlog_edge_root(const struct tlog_edge *g);

/* Bundles of entries: each with its size before it, 16 bits, big-endian. */
void tlog_bundle_add(struct text *t, struct bytes entry, struct arena *a);
bool tlog_bundle_next(struct bytes *left, struct bytes *entry);	/* false at the end, or where none is whole: then left->size is not 0 */

#endif
