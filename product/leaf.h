/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store says, entry by entry, in its log: deterministic CBOR maps,
 * closed and versioned (docs/store-log.md).  Everything public in a store follows
 * from these and from the packages they name (index.h).
 *
 *   store	the first entry: whose log this is
 *   publisher	somebody has a name space, and how that was proven
 *   key	a key that may sign for a publisher
 *   revoke	it may no more
 *   publish	a version is there; it begins as staged or live
 *   state	a version's state changes, and why
 *   owner	who acts for a publisher
 *   key-state	a key is quarantined, and nothing that it signs is taken; or that ends
 *   approval	what a publisher publishes is staged, and somebody else approves it; or that ends
 *   source	the source package of a version is there, which promises its package
 *   proof	a name space that was claimed without a proof of its domain is proven now
 */
#ifndef LEAF_H
#define LEAF_H

#include "arena.h"
#include "err.h"

/* The places of the fields in a mask. */
enum {
#define LEAF_FIELD(key, NAME, member, TYPE, least, most) LEAF_HAS_##NAME,
#include "leaf_fields.def"
#undef LEAF_FIELD
	LEAF_FIELD_COUNT
};

enum leaf_kind {
#define LEAF_KIND(number, NAME, text, must, may) LEAF_##NAME = number,
#include "leaf_kinds.def"
#undef LEAF_KIND
};

/* Numbers are those of the entries: never given again. */
enum leaf_state {
	LEAF_LIVE = 1, LEAF_STAGED = 2, LEAF_DEPRECATED = 3, LEAF_YANKED = 4,
	LEAF_HELD = 5, LEAF_REJECTED = 6, LEAF_QUARANTINED = 7, LEAF_REMOVED = 8,
};

enum leaf_change { LEAF_ADDED = 1, LEAF_LEFT = 2 };

enum { LEAF_SIZE_MAX = 4096 };

struct leaf {
	enum leaf_kind kind;
	uint64_t time;		/* of the store's clock, seconds since 1970; not 0 */
	/* What the kind has: bytes are empty and numbers 0 where it is not said. */
#define LEAF_TYPE_TEXT struct bytes
#define LEAF_TYPE_BYTES struct bytes
#define LEAF_TYPE_NUMBER uint64_t
#define LEAF_FIELD(key, NAME, member, TYPE, least, most) LEAF_TYPE_##TYPE member;
#include "leaf_fields.def"
#undef LEAF_FIELD
#undef LEAF_TYPE_TEXT
#undef LEAF_TYPE_BYTES
#undef LEAF_TYPE_NUMBER
};

/* "publish", "live"; NULL for a number that is none. */
const char *leaf_kind_name(enum leaf_kind kind);
const char *leaf_state_name(enum leaf_state state);

/* The other way round: 0 for a word that is none. */
enum leaf_state leaf_state_named(const char *word);

/* A text field from a string, which is borrowed; empty for NULL. */
struct bytes leaf_text(const char *text);

/* The entry's bytes.  -MS_EFORMAT (ERR_LOG_ENTRY), with the field, where leaf_read would refuse them. */
int leaf_write(const struct leaf *l, struct arena *a, struct bytes *entry, struct err *e);

/*
 * Read an entry: *out borrows from it.  -MS_EFORMAT (ERR_LOG_ENTRY) for
 * whatever leaf_write does not write: another order or form, a field that is missing, too
 * many, too long or not printable, a name or version that cannot be one.
 */
int leaf_read(struct bytes entry, struct arena *a, struct leaf *out, struct err *e);

#endif
