/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store looks things up in.  All that is public in it follows from the log (db_apply, entry by entry) and can be dropped
 * and made again; tokens are the store's own, and stay.  An interface, so that SQLite is not the only database:
 * tests/store/test_db.c says what each must keep, test_db_search.c what it must find.
 *
 * A struct db is for one thread.  Of those open at a time one writes.
 */
#ifndef DB_H
#define DB_H

#include <stdbool.h>

#include "leaf.h"

enum { DB_FOUND_MAX = 100 };		/* of one page of a search */

/* What tokens may be used for. */
enum db_scope { DB_STAGE = 1, DB_PUBLISH = 2, DB_STATE = 4, DB_OWNER = 8, DB_ADMIN = 16, DB_SCOPE_END = 32 };

struct db_token {
	const char *hash;		/* "sha256:..." */
	const char *publisher;		/* whose; "" of an administrator */
	unsigned scopes;
	uint64_t made, ends;		/* seconds since 1970 */
	const char *label;
	const char *account;		/* as whom it acts: "key:<kid>" by a claim, "admin:<id>", and "<account>/<id>" of one that was made by another; never "" when it is read */
};

/* What an administrator wants, until another agrees. */
struct db_pending {
	const char *id;
	const char *account;		/* whose wish */
	uint64_t made, ends;
	const char *wish;		/* JSON */
};

/* The reasons for which it was revoked, or is quarantined, or NULL; and the entry that quarantined it. */
struct db_key { uint8_t point[64]; uint8_t kid[8]; uint64_t at; const char *revoked, *stopped; uint64_t stopped_by; };

/* What the package itself says, for searching. */
struct db_facts {
	uint32_t targets;		/* bits 1 << enum ms_target */
	uint32_t categories;		/* bits of category.h */
	const char *license;
	const char *said;		/* all of it, as in the index (storefacts.h): members of a JSON object; "": its package is not there, or nobody asked for it */
};

struct db_version {
	const char *publisher, *name, *version;
	const char *package, *manifest;	/* SHA-256, hexadecimal */
	const char *kid;		/* hexadecimal */
	uint64_t size, published, index;	/* bytes; seconds since 1970; of its entry in the log */
	uint64_t changed;		/* index of the entry that gave it the state */
	enum leaf_state state;
	enum leaf_state before;		/* while it is held or quarantined: its state before that, */
	uint64_t earlier;		/* and the entry that gave it that */
	const char *reason, *words, *replacement;	/* "" where not said */
	const char *oci;		/* SHA-256 of its OCI manifest */
	const char *source, *source_kid;	/* of its source package: SHA-256, and who signed it; "" where there is none */
	uint64_t source_size, source_index;	/* bytes; of the entry in the log that gave it */
	struct db_facts facts;
};

/* Of a version whose package is given to people: what lists of all of them have. */
struct db_offered { const char *publisher, *name, *version, *oci; uint64_t size; };

struct db_query {
	const char *words;		/* NULL or "": all */
	const char *publisher, *license;	/* NULL: any */
	uint32_t targets;		/* all of these; 0: any */
	uint32_t any_targets;		/* one of these; 0: any */
	uint32_t categories;		/* all of these; 0: any */
	enum leaf_state state;		/* live or deprecated; 0: both */
	bool facts;			/* hits have facts.said, too, which else is "" */
	uint64_t after;			/* services up to this one were shown; 0: from the beginning */
	uint32_t most;			/* 1 to DB_FOUND_MAX */
};

struct db_hit {
	uint64_t at;
	const char *publisher, *name, *version, *source;	/* source: SHA-256 of the version's source package, "" where there is none */
	enum leaf_state state;
	uint64_t published;
	struct db_facts facts;
};

/* How many of the services that a search finds have something in common: "target" "v7em", "category", "license", "publisher", "state". */
enum { DB_FACET_VALUES = 20, DB_FACET_HITS = 10000 };
struct db_facet { const char *facet, *value; uint64_t count; };
struct db_publisher { const char *proof; uint64_t at; bool approval; };	/* how the name space was proven, and when; does somebody else approve what is staged? */
struct db_counts { uint64_t publishers, services, versions, tokens; };

struct db {
	/* All or nothing of what is done between; `end` with keep false takes it back. */
	int (*begin)(struct db *d, struct err *e);
	int (*end)(struct db *d, bool keep, struct err *e);

	/* Entries of the log that are in here. */
	int (*position)(struct db *d, uint64_t *entries, struct err *e);

	/* Take the entry at `index`, which is the position; `oci` and `facts` are of a version, else NULL. */
	int (*apply)(struct db *d, uint64_t index, const struct leaf *l, const char *oci, const struct db_facts *facts, struct err *e);

	/* Forget all that follows from the log. */
	int (*wipe)(struct db *d, struct err *e);

	/* 1 when it is there, 0 when it is not, or negative. */
	int (*publisher)(struct db *d, const char *name, struct err *e);
	int (*key)(struct db *d, const char *publisher, const uint8_t kid[8], struct arena *a, struct db_key *out, struct err *e);
	int (*version)(struct db *d, const char *publisher, const char *name, const char *version, struct arena *a, struct db_version *out, struct err *e);
	int (*by_package)(struct db *d, const char *package, struct arena *a, struct db_version *out, struct err *e);
	int (*by_source)(struct db *d, const char *source, struct arena *a, struct db_version *out, struct err *e);
	int (*by_oci)(struct db *d, const char *oci, struct arena *a, struct db_version *out, struct err *e);
	int (*facts)(struct db *d, const char *package, struct arena *a, const char **said, struct err *e);	/* db_facts.said of it */
	int (*claimed)(struct db *d, const char *publisher, struct arena *a, struct db_publisher *out, struct err *e);
	int (*token)(struct db *d, const char *hash, struct arena *a, struct db_token *out, struct err *e);	/* none while the key is quarantined by which it was claimed */
	int (*token_kept)(struct db *d, const char *hash, struct arena *a, struct db_token *out, struct err *e);	/* that, too: it can be ended */

	/* Of a service's versions that others see: the one to show first, which is the highest of those in the best state. */
	int (*foremost)(struct db *d, const char *publisher, const char *name, struct arena *a, struct db_version *out, struct err *e);

	/* Of the same, at most `most` from that entry of the log down, the newest first: struct db_version *. */
	int (*newest)(struct db *d, const char *publisher, const char *name, uint64_t from, uint32_t most, struct arena *a, struct list *out, struct err *e);

	/* Versions that a key signed, in one of the states (bits 1 << enum leaf_state), which they have had since that entry; `most` of them in the order of the log. */
	int (*signed_by)(struct db *d, const char *publisher, const uint8_t kid[8], unsigned states, uint64_t since, uint32_t most, struct arena *a, struct list *out, struct err *e);

	/* Each version that is live, deprecated or yanked, service by service in the order in which these came; borrowed for the call. What `take` fails with ends it. */
	int (*offered)(struct db *d, int (*take)(void *context, const struct db_offered *v, struct err *e), void *context, struct err *e);

	/* All of them: struct db_version * in the order of the log, struct db_key *, struct db_token *, names. */
	int (*versions)(struct db *d, const char *publisher, const char *name, struct arena *a, struct list *out, struct err *e);
	int (*keys)(struct db *d, const char *publisher, struct arena *a, struct list *out, struct err *e);
	int (*tokens)(struct db *d, const char *publisher, struct arena *a, struct list *out, struct err *e);
	int (*publishers)(struct db *d, struct arena *a, struct list *out, struct err *e);

	/* Services with a version that can be taken, in the order in which they came: struct db_hit *. */
	int (*search)(struct db *d, const struct db_query *q, struct arena *a, struct list *out, struct err *e);

	/* Of all pages of a search, of its first DB_FACET_HITS services at most: struct db_facet *, the most frequent values of each first, DB_FACET_VALUES at most. */
	int (*facets)(struct db *d, const struct db_query *q, struct arena *a, struct list *out, struct err *e);

	int (*token_add)(struct db *d, const struct db_token *t, struct err *e);
	int (*token_remove)(struct db *d, const char *hash, struct err *e);	/* 1, or 0 when there was none */
	/* End all of a publisher, but `keep` (a hash, or NULL), by the entry that is applied next: a LEAF_REVOKE of theirs.  That it was ended is in the log, too. */
	int (*tokens_end)(struct db *d, const char *publisher, const char *keep, struct err *e);
	/* Wishes that wait: struct db_pending * in the order in which they came; one by its id. */
	int (*pending_add)(struct db *d, const struct db_pending *p, struct err *e);
	int (*pending_remove)(struct db *d, const char *id, struct err *e);	/* 1, or 0 when there was none */
	int (*pending)(struct db *d, const char *id, struct arena *a, struct db_pending *out, struct err *e);
	int (*pendings)(struct db *d, struct arena *a, struct list *out, struct err *e);
	int (*counts)(struct db *d, struct db_counts *out, struct err *e);
	void (*close)(struct db *d);
};

/* SQLite, in the folder: state.db follows from the log, private.db does not.  Made if they are not there.  `write` is for the one that does. */
int db_sqlite(struct arena *a, const char *folder, bool write, struct db **out, struct err *e);

/* One that is empty, and gone when it is closed. */
int db_sqlite_scratch(struct arena *a, struct db **out, struct err *e);

#endif
