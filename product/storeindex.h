/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index of a store, as static files: for each service one, with a line of
 * JSON for each version that others may see, in the order of the log.  A pure
 * function of the log and of the packages that it names: whoever has these
 * makes the same bytes.
 */
#ifndef STOREINDEX_H
#define STOREINDEX_H

#include "ledger.h"
#include "storefiles.h"

enum { STOREINDEX_FILE_MAX = 64 << 20 };

/* "index/he/ll/example.org/hello": two letters and two of the name, '-' where it has none. */
const char *storeindex_path(const char *publisher, const char *name, struct arena *a);

/* "index/config.json", and what it says: the log's name and key. */
#define STOREINDEX_CONFIG "index/config.json"
struct bytes storeindex_config(const struct note_key *store, struct arena *a);

/* Is a version in this state shown?  What is staged, held or rejected is not. */
bool storeindex_shows(enum leaf_state state);

/* Can a version in this state be taken: is its package there for everybody?  Of one that is shown and cannot, the line says only that there was one. */
bool storeindex_offers(enum leaf_state state);

/* "blobs/sha256/<hash>" of a version's package, and of any other. */
const char *storeindex_blob(struct bytes sha256, struct arena *a);

/* What it is made from: packages among the store's files, and the entries of its log. */
struct storeindex_from { const struct storefiles *files; const struct ledger_entries *entries; };

/*
 * The whole file of a service, from the entries of its versions and their packages; empty when others may see none.  `old` is
 * the file as it was, or empty: what packages say of themselves is taken from there, where it is, and never changes.
 */
int storeindex_file(const struct storeindex_from *from, const struct ledger_service *s, struct bytes old, struct arena *a, struct bytes *content, struct err *e);

/*
 * One service's file below a store's folder, as it should be; not synced.  `fresh`: what packages say of themselves is read from them, as where the
 * file may be torn.
 */
int storeindex_put(const char *store, const struct ledger_entries *entries, const struct ledger_service *s, bool fresh, struct arena *a, struct err *e);

/* Write all of the index below a store's folder anew: what differs, and what follows from nothing is removed.  *changed counts files. */
int storeindex_write(const char *store, const struct ledger *g, const struct ledger_entries *entries, struct arena *a, uint64_t *changed, struct err *e);

#endif
