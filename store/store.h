/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store: a folder that holds all of it.
 *
 *   log/		what was said, signed: the truth (log.h)
 *   blobs/sha256/	packages; with oci-layout and index.json an OCI image layout (blobs.h, ociindex.h)
 *   index/		a line for each version that others see, as static files (storeindex.h); follows from both
 *   index-position	up to which entry of the log that index is on disk
 *   state.db		what follows from both, to look things up in (db.h)
 *   private.db		hashes of tokens
 *   store.key, name	by which and as whom the log is signed
 *   admin-token	made once, mode 0600
 *   incoming/		bodies as they come; emptied at each start
 *
 * A backup is a copy of the folder.
 */
#ifndef STORE_H
#define STORE_H

#include "blobs.h"
#include "db.h"
#include "log.h"

/* Entries of the orders that are checked now (scribe.h): the database has them already, and the log gets them next. */
struct store_coming { struct bytes at[LOG_GROUP_MAX]; size_t count; };

struct store {
	const char *folder, *name;	/* the name is the log's: its origin */
	struct blobs blobs;
	struct db *db;			/* of the one thread that writes (scribe.h) */
	struct log *log;
	struct ed25519 *key;
	bool is_new;			/* it was made now */
	bool two_admins;		/* what stops a version is said by two (order_stop.c) */
	const struct store_coming *coming;	/* behind the log's end; NULL: none */
	uint64_t indexed, settled;	/* entries of the log that the index has; that it has on disk */
};

/*
 * Open the store in the folder, or make it: with `name`, or, where that is NULL, with one from its key.  -MS_EFORMAT
 * (ERR_STORE_FOLDER) when it has another name.  What follows from the log has caught up with it when this returns.
 */
int store_open(struct store *s, const char *folder, const char *name, struct arena *a, struct err *e);
void store_close(struct store *s);

/* Bring the database to where the log is.  Does nothing when it is there. */
int store_catch_up(struct store *s, struct err *e);

/*
 * Bring the index to where the database is, which is where the log is.  Not synced: store_index_settle does that and keeps how far it is;
 * what is behind is made again when the store is opened.
 */
int store_index_catch_up(struct store *s, struct err *e);
int store_index_settle(struct store *s, struct err *e);

/* Forget all that follows from the log, and make it anew; the number of entries. */
int store_rebuild(struct store *s, uint64_t *entries, struct err *e);

typedef void store_say(const char *sentence);

/*
 * Is all there, and as the log says?  Each package that was not removed, with its hash, the database, and, where these are, the index, which
 * follows from them; what is wrong goes to `say`.  The number of faults, or negative.
 */
int store_check(struct store *s, store_say *say, struct err *e);
int store_index_check(struct store *s, store_say *say, struct err *e);	/* the index alone */

/* A token for an administrator, into a file that its owner alone can read; its id.  The first is made with the store. */
int store_add_admin(struct store *s, const char *file, struct arena *a, const char **id, struct err *e);

/* What the entry of the log says, or one that is coming. */
int store_leaf(struct store *s, uint64_t index, struct arena *a, struct leaf *out, struct err *e);

/* What a package says of itself, from its bytes; of a package that was verified. */
int store_facts(struct bytes package, struct arena *a, struct db_facts *out, struct err *e);

#endif
