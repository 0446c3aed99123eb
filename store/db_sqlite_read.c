/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "db_sqlite.h"

enum { WORDS_MAX = 16 };	/* of what is searched for; what follows is not looked at */

#define VERSION_COLUMNS "s.publisher, s.name, v.version, v.package, v.manifest, v.kid, v.size, v.published, v.number, v.changed, v.state, v.reason, v.words, v.replacement, v.oci, v.targets, v.categories, v.license, v.before, v.earlier, v.source, v.source_size, v.source_number, v.source_kid"
#define VERSION_FROM "SELECT " VERSION_COLUMNS " FROM version v JOIN service s ON s.id = v.service WHERE "

static void take_version(sqlite3_stmt *q, struct arena *a, struct db_version *v)
{
	*v = (struct db_version){
		.publisher = sql_text(q, 0, a), .name = sql_text(q, 1, a), .version = sql_text(q, 2, a), .package = sql_text(q, 3, a), .manifest = sql_text(q, 4, a),
		.kid = sql_text(q, 5, a), .size = sql_number(q, 6), .published = sql_number(q, 7), .index = sql_number(q, 8), .changed = sql_number(q, 9),
		.state = (enum leaf_state)sql_number(q, 10), .reason = sql_text(q, 11, a), .words = sql_text(q, 12, a), .replacement = sql_text(q, 13, a),
		.oci = sql_text(q, 14, a), .facts = { (uint32_t)sql_number(q, 15), (uint32_t)sql_number(q, 16), sql_text(q, 17, a), "" },
		.before = (enum leaf_state)sql_number(q, 18), .earlier = sql_number(q, 19),
		.source = sql_text(q, 20, a), .source_size = sql_number(q, 21), .source_index = sql_number(q, 22), .source_kid = sql_text(q, 23, a),
	};
}

static void take_publisher(sqlite3_stmt *q, struct arena *a, struct db_publisher *p)
{
	*p = (struct db_publisher){ sql_text(q, 0, a), sql_number(q, 1), sql_number(q, 2) };
}

static void take_key(sqlite3_stmt *q, struct arena *a, struct db_key *k)
{
	struct key_public public;
	const void *point = sqlite3_column_blob(q, 0);

	*k = (struct db_key){ .at = sql_number(q, 1) };
	if (point && sqlite3_column_bytes(q, 0) == (int)sizeof(k->point))
		memcpy(k->point, point, sizeof(k->point));
	key_public_from_point(&public, k->point);
	memcpy(k->kid, public.kid, sizeof(k->kid));
	k->revoked = sqlite3_column_type(q, 2) == SQLITE_NULL ? NULL : sql_text(q, 2, a);
	k->stopped = sqlite3_column_type(q, 3) == SQLITE_NULL ? NULL : sql_text(q, 3, a);
	k->stopped_by = sql_number(q, 4);
}

static void take_token(sqlite3_stmt *q, struct arena *a, struct db_token *t)
{
	*t = (struct db_token){ sql_text(q, 0, a), sql_text(q, 1, a), (unsigned)sql_number(q, 2), sql_number(q, 3), sql_number(q, 4), sql_text(q, 5, a), sql_text(q, 6, a) };
}

/* Of before accounts were kept: each is somebody. */
#define TOKEN_FROM "SELECT hash, publisher, scopes, made, ends, label, CASE account WHEN '' THEN 'token:' || substr(hash, 8, 12) ELSE account END FROM private.token t WHERE "

/* The log alone says which keys were revoked, and so which tokens ended: also where a kill came between the two databases. */
#define TOKEN_LIVES "NOT EXISTS (SELECT 1 FROM main.key k WHERE k.publisher = t.publisher AND k.revoked_by >= t.since)"

/*
 * Those of a key that is quarantined, and what was made by them ("key:" and 16 digits, and perhaps "/..."), count as little as what it signs, until it is
 * let go.  Of before accounts were kept, what was claimed says so by its label.
 */
#define TOKEN_ACTS \
	TOKEN_LIVES " AND NOT EXISTS (SELECT 1 FROM main.key k WHERE k.publisher = t.publisher AND k.stopped IS NOT NULL" \
	" AND (substr(t.account, 1, 20) = 'key:' || k.kid OR (t.account = '' AND t.label = 'key ' || k.kid)))"

/* One row or none, into *out. */
#define ONE(q, take, a, out) \
	do { \
		sqlite3_stmt *one = (q); \
		int rc = sql_step(sql_of(d), one, e); \
		if (rc == 1) \
			take(one, a, out); \
		if (rc == 1) \
			sql_end(one); \
		return rc; \
	} while (0)

/* All rows, each in memory of the arena. */
#define ALL(q, take, type, a, out) \
	do { \
		sqlite3_stmt *rows = (q); \
		int rc; \
		while ((rc = sql_step(sql_of(d), rows, e)) == 1) { \
			type *row = arena_new(a, type); \
			take(rows, a, row); \
			list_push(out, a, row); \
		} \
		return rc; \
	} while (0)

static int publisher(struct db *d, const char *name, struct err *e)
{
	return sql_done(sql_of(d), sql_bind(sql_of(d), e, "SELECT 1 FROM publisher WHERE name = ?1", "t", name), e);
}

static int key(struct db *d, const char *of, const uint8_t kid[8], struct arena *a, struct db_key *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, "SELECT point, at, revoked, stopped, stopped_by FROM key WHERE publisher = ?1 AND kid = ?2", "tt", of, key_kid_text(kid, a)), take_key, a, out);
}

static int version(struct db *d, const char *of, const char *name, const char *number, struct arena *a, struct db_version *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, VERSION_FROM "s.publisher = ?1 AND s.name = ?2 AND v.version = ?3", "ttt", of, name, number), take_version, a, out);
}

static int by_package(struct db *d, const char *package, struct arena *a, struct db_version *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, VERSION_FROM "v.package = ?1", "t", package), take_version, a, out);
}

static int by_source(struct db *d, const char *source, struct arena *a, struct db_version *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, VERSION_FROM "v.source = ?1", "t", source), take_version, a, out);
}

static int by_oci(struct db *d, const char *oci, struct arena *a, struct db_version *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, VERSION_FROM "v.oci = ?1", "t", oci), take_version, a, out);
}

static int token(struct db *d, const char *hash, struct arena *a, struct db_token *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, TOKEN_FROM "hash = ?1 AND " TOKEN_ACTS, "t", hash), take_token, a, out);
}

static int token_kept(struct db *d, const char *hash, struct arena *a, struct db_token *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, TOKEN_FROM "hash = ?1 AND " TOKEN_LIVES, "t", hash), take_token, a, out);
}

static void take_facts(sqlite3_stmt *q, struct arena *a, const char **said)
{
	*said = sql_text(q, 0, a);
}

static int facts(struct db *d, const char *package, struct arena *a, const char **said, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, "SELECT facts FROM version WHERE package = ?1", "t", package), take_facts, a, said);
}

static int claimed(struct db *d, const char *name, struct arena *a, struct db_publisher *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, "SELECT proof, at, approval FROM publisher WHERE name = ?1", "t", name), take_publisher, a, out);
}

/* Others see them; the numbers of states are in the order in which one would take them. */
#define SEEN "s.publisher = ?1 AND s.name = ?2 AND v.state NOT IN (2, 5, 6) "

static int foremost(struct db *d, const char *of, const char *name, struct arena *a, struct db_version *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, VERSION_FROM SEEN "ORDER BY v.state, v.rank DESC LIMIT 1", "tt", of, name), take_version, a, out);
}

static int newest(struct db *d, const char *of, const char *name, uint64_t from, uint32_t most, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, VERSION_FROM SEEN "AND v.number <= ?3 ORDER BY v.number DESC LIMIT ?4", "ttnn", of, name, from, (uint64_t)most),
	    take_version, struct db_version, a, out);
}

/* In the order of the table: none of it is kept or sorted. */
static int offered(struct db *d, int (*take)(void *context, const struct db_offered *v, struct err *e), void *context, struct err *e)
{
	static const char text[] =
		"SELECT s.publisher, s.name, v.version, v.oci, v.size FROM service s CROSS JOIN version v ON v.service = s.id WHERE v.state IN (1, 3, 4) ORDER BY s.id, v.version";
	sqlite3_stmt *q = sql_bind(sql_of(d), e, text, "");
	int rc;

	while ((rc = sql_step(sql_of(d), q, e)) == 1) {
		const struct db_offered v = {
			(const char *)sqlite3_column_text(q, 0), (const char *)sqlite3_column_text(q, 1), (const char *)sqlite3_column_text(q, 2),
			(const char *)sqlite3_column_text(q, 3), sql_number(q, 4),
		};

		rc = take(context, &v, e);
		if (rc < 0) {
			sql_end(q);
			return rc;
		}
	}
	return rc;
}

static int versions(struct db *d, const char *of, const char *name, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, VERSION_FROM "s.publisher = ?1 AND s.name = ?2 ORDER BY v.number", "tt", of, name), take_version, struct db_version, a, out);
}

static int signed_by(struct db *d, const char *of, const uint8_t kid[8], unsigned states, uint64_t since, uint32_t most, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, VERSION_FROM "s.publisher = ?1 AND v.kid = ?2 AND ?3 >> v.state & 1 AND v.changed >= ?4 ORDER BY v.number LIMIT ?5", "ttnnn", of, key_kid_text(kid, a),
		     (uint64_t)states, since, (uint64_t)most), take_version, struct db_version, a, out);
}

static void take_pending(sqlite3_stmt *q, struct arena *a, struct db_pending *p)
{
	*p = (struct db_pending){ sql_text(q, 0, a), sql_text(q, 1, a), sql_number(q, 2), sql_number(q, 3), sql_text(q, 4, a) };
}

static int pending(struct db *d, const char *id, struct arena *a, struct db_pending *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, "SELECT id, account, made, ends, wish FROM private.pending WHERE id = ?1", "t", id), take_pending, a, out);
}

static int pendings(struct db *d, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, "SELECT id, account, made, ends, wish FROM private.pending ORDER BY made, id", ""), take_pending, struct db_pending, a, out);
}

static int keys(struct db *d, const char *of, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, "SELECT point, at, revoked, stopped, stopped_by FROM key WHERE publisher = ?1", "t", of), take_key, struct db_key, a, out);
}

static int tokens(struct db *d, const char *of, struct arena *a, struct list *out, struct err *e)
{
	ALL(sql_bind(sql_of(d), e, TOKEN_FROM "publisher = ?1 AND " TOKEN_LIVES " ORDER BY made, hash", "t", of),
	    take_token, struct db_token, a, out);
}

static int publishers(struct db *d, struct arena *a, struct list *out, struct err *e)
{
	sqlite3_stmt *q = sql_bind(sql_of(d), e, "SELECT name FROM publisher ORDER BY name", "");
	int rc;

	while ((rc = sql_step(sql_of(d), q, e)) == 1)
		list_push(out, a, (void *)sql_text(q, 0, a));
	return rc;
}

static void take_hit(sqlite3_stmt *q, struct arena *a, struct db_hit *h)
{
	*h = (struct db_hit){
		sql_number(q, 0), sql_text(q, 1, a), sql_text(q, 2, a), sql_text(q, 3, a), sql_text(q, 10, a), (enum leaf_state)sql_number(q, 4), sql_number(q, 5),
		{ (uint32_t)sql_number(q, 6), (uint32_t)sql_number(q, 7), sql_text(q, 8, a), sql_text(q, 9, a) },
	};
}

/* Each run of letters and digits is a word that begins so: nothing that somebody writes is the database's language. */
static const char *match_of(const char *words, struct arena *a)
{
	struct text t = { 0 };

	for (int count = 0; words && *words && count < WORDS_MAX; ) {
		size_t size = 0;

		while (isalnum((unsigned char)words[size]) || (unsigned char)words[size] > 127)
			size++;
		if (size)
			text_add(&t, a, "%s\"%.*s\"*", t.size ? " " : "", (int)size, words);
		count += size > 0;
		words += size ? size : 1;
	}
	return t.at;
}

#define ALL_OF "service s WHERE s.id > ?1"
#define SOME_OF "word JOIN service s ON s.id = word.rowid WHERE word.rowid > ?1 AND word MATCH ?6"
#define NARROWED \
	" AND s.taken IS NOT NULL AND (?2 IS NULL OR s.publisher = ?2) AND (?3 IS NULL OR s.license = ?3) AND s.targets & ?4 = ?4 AND (?5 = 0 OR s.state = ?5) AND (?9 = 0 OR s.targets & ?9) AND s.categories & ?10 = ?10 "

#define HITS "SELECT s.id, s.publisher, s.name, s.taken, s.state, v.published, s.targets, s.categories, s.license, CASE WHEN ?7 THEN v.facts END, v.source FROM "
/* Words come in the order of rows by themselves: asked so, and not by the service's number, nothing is sorted, and what stands in all is found as fast as what is rare. */
#define THEIR_VERSIONS(from, order) "(SELECT s.* FROM " from NARROWED "ORDER BY " order " LIMIT ?8) s JOIN version v ON v.service = s.id AND v.version = s.taken ORDER BY s.id"

static sqlite3_stmt *bind_query(struct db *d, const char *text, const struct db_query *w, uint64_t most, const char *match, struct err *e)
{
	return sql_bind(sql_of(d), e, text, "nttnntnnnn", w->after, w->publisher, w->license, (uint64_t)w->targets, (uint64_t)w->state, match, (uint64_t)w->facts, most, (uint64_t)w->any_targets, (uint64_t)w->categories);
}

static int search(struct db *d, const struct db_query *w, struct arena *a, struct list *out, struct err *e)
{
	static const char all[] = HITS THEIR_VERSIONS(ALL_OF, "s.id"), some[] = HITS THEIR_VERSIONS(SOME_OF, "word.rowid");
	const char *match = match_of(w->words, a);
	uint64_t most = w->most && w->most < DB_FOUND_MAX ? w->most : DB_FOUND_MAX;

	ALL(bind_query(d, match ? some : all, w, most, match, e), take_hit, struct db_hit, a, out);
}

#define COUNTED "SELECT s.publisher, s.license, s.state, s.targets, s.categories FROM "

/* What is counted is what a search of all pages would find. */
sqlite3_stmt *db_sqlite_hits(struct db *d, const struct db_query *w, uint64_t most, struct arena *a, struct err *e)
{
	static const char all[] = COUNTED ALL_OF NARROWED "AND ?7 = ?7 LIMIT ?8", some[] = COUNTED SOME_OF NARROWED "AND ?7 = ?7 LIMIT ?8";
	struct db_query every = *w;
	const char *match = match_of(w->words, a);

	every.after = 0;
	return bind_query(d, match ? some : all, &every, most, match, e);
}

static void take_counts(sqlite3_stmt *q, struct arena *a, struct db_counts *c)
{
	(void)a;
	*c = (struct db_counts){ sql_number(q, 0), sql_number(q, 1), sql_number(q, 2), sql_number(q, 3) };
}

static int counts(struct db *d, struct db_counts *out, struct err *e)
{
	ONE(sql_bind(sql_of(d), e, "SELECT (SELECT count(*) FROM publisher), (SELECT count(*) FROM service), (SELECT count(*) FROM version), (SELECT count(*) FROM private.token)", ""),
	    take_counts, NULL, out);
}

void db_sqlite_reading(struct db *d)
{
	d->publisher = publisher;
	d->key = key;
	d->version = version;
	d->by_package = by_package;
	d->by_source = by_source;
	d->by_oci = by_oci;
	d->facts = facts;
	d->claimed = claimed;
	d->token = token;
	d->token_kept = token_kept;
	d->foremost = foremost;
	d->newest = newest;
	d->versions = versions;
	d->offered = offered;
	d->signed_by = signed_by;
	d->pending = pending;
	d->pendings = pendings;
	d->keys = keys;
	d->tokens = tokens;
	d->publishers = publishers;
	d->search = search;
	d->facets = db_sqlite_facets;
	d->counts = counts;
}
