/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from a store's log, entry by entry: who has which name space and
 * keys, which versions there are and in which state.  Each entry is held
 * against those before it, so that what a store may not do cannot be done unseen.
 *
 * The entries themselves are not kept, since a log may have very many: who wants what else one says reads it again by its index.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include "bytemap.h"
#include "key.h"
#include "leaf.h"
#include "ledger_map.h"
#include "note.h"

enum { LEDGER_HASH_PART = 14 };	/* bytes */

struct ledger_key {
	struct key_public key;
	bool revoked, quarantined;
	struct ledger_key *next;
};

/* `proven`: it was shown that the domain is theirs.  `approval`: what is published is staged, and approved by somebody else. */
struct ledger_publisher { const char *name; struct ledger_key *keys; bool proven, approval; };

/* How a name space was proven when nobody has shown anything; every other word says how it was. */
#define LEDGER_UNPROVEN "none"

/*
 * A version: the entry that published it, the last that changed its state (the same if none did) and the one of its source (0 if there is none).
 * Small, since a log may have very many: of its package's SHA-256 the beginning is here, which a source has to name, too; who has the packages
 * compares all of it.
 */
struct ledger_version {
	const struct ledger_service *of;
	struct ledger_version *next;	/* of the service, in the order of the log */
	uint64_t index, changed, sourced;	/* of those entries */
	uint8_t package[LEDGER_HASH_PART];
	uint8_t state, before;		/* enum leaf_state; `before` it was held or quarantined, while it is */
	char name[];			/* "1.0.0"; behind its NUL, where it began as staged, who staged it */
};

struct ledger_service {
	const char *publisher, *name;
	struct ledger_version *first, *last;
	struct ledger_service *next;	/* in the order of the log */
};

struct ledger {
	struct arena arena;
	struct note_key store;		/* whose log it is, as its first entry says; name NULL before */
	uint64_t size;			/* entries so far */
	struct bytemap publishers;
	struct ledger_map services, versions;
	struct ledger_service *first, *last;
};

/*
 * The next entry.  -MS_EFORMAT (ERR_LOG_ENTRY) or -MS_ESIGNATURE (ERR_LOG_FOLLOWS): then nothing has changed.  Starts zeroed, ends with
 * ledger_done.
 */
int ledger_add(struct ledger *g, struct bytes entry, struct err *e);
void ledger_done(struct ledger *g);

/* Where an entry that a ledger has taken is read again: its bytes, in the arena. */
struct ledger_entries {
	int (*read)(void *context, uint64_t index, struct arena *a, struct bytes *entry, struct err *e);
	void *context;
};

/* What the entry says, one of those that were taken; borrows from the arena.  Fails as `read` does, and -MS_EFORMAT where that gives something else. */
int ledger_leaf(const struct ledger_entries *from, uint64_t index, struct arena *a, struct leaf *out, struct err *e);

/* NULL where there is none. */
const struct ledger_publisher *ledger_publisher(struct ledger *g, struct bytes name);
const struct ledger_key *ledger_key(const struct ledger_publisher *p, const uint8_t kid[COSE_KID_SIZE]);

/*
 * May a version go from this state to that one, whoever does it?  What is held or quarantined comes back to where it was `before`, or becomes
 * live; but what was staged was approved by nobody, and only becomes staged again.
 */
bool ledger_may_become(enum leaf_state from, enum leaf_state before, enum leaf_state to);

/* What `before` is once a version has gone from this state, with that `before`, to the other. */
enum leaf_state ledger_before(enum leaf_state from, enum leaf_state before, enum leaf_state to);

/* May the source of a version in this state be given?  What was stopped or taken away gets nothing more. */
bool ledger_takes_source(enum leaf_state state);

/*
 * Are these accounts of one person: the same, or is the second a token that was made by the first ("key:..." and "key:.../...")?  Nobody
 * is somebody else than an account that is not known.
 */
bool ledger_same_person(struct bytes first, struct bytes second);

#endif
