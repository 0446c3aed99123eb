/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from the log, entry by entry, in SQLite; what is read is in db_sqlite_read.c. */
#include <string.h>

#include "identity.h"
#include "db_sqlite.h"
#include "release.h"

enum { FORGOTTEN_SEC = 30 * 86400 };

static int begin(struct db *d, struct err *e)
{
	return sql_run(sql_of(d), "BEGIN IMMEDIATE", e);
}

static int end(struct db *d, bool keep, struct err *e)
{
	struct err ignored;
	int rc = keep ? sql_run(sql_of(d), "COMMIT", e) : MS_OK;

	if (!keep || rc < 0)
		sql_run(sql_of(d), "ROLLBACK", &ignored);
	return rc;
}

static int position(struct db *d, uint64_t *entries, struct err *e)
{
	sqlite3_stmt *q = sql_bind(sql_of(d), e, "SELECT entries FROM position", "");
	int rc = sql_step(sql_of(d), q, e);

	if (rc == 1)
		*entries = sql_number(q, 0);
	sql_end(q);
	return rc < 0 ? rc : MS_OK;
}

static int apply_publisher(struct sqldb *s, const struct leaf *l, struct arena *a, struct err *e)
{
	return sql_done(s, sql_bind(s, e, "INSERT INTO publisher (name, proof, at) VALUES (?1, ?2, ?3)", "ttn", arena_string(a, l->publisher), arena_string(a, l->proof), l->time), e);
}

static int apply_proof(struct sqldb *s, const struct leaf *l, struct arena *a, struct err *e)
{
	return sql_done(s, sql_bind(s, e, "UPDATE publisher SET proof = ?2 WHERE name = ?1", "tt", arena_string(a, l->publisher), arena_string(a, l->proof)), e);
}

static int apply_key(struct sqldb *s, const struct leaf *l, struct arena *a, struct err *e)
{
	struct key_public k;

	key_public_from_point(&k, l->key.at);
	return sql_done(s, sql_bind(s, e, "INSERT OR IGNORE INTO key (publisher, kid, point, at) VALUES (?1, ?2, ?3, ?4)", "ttbn", arena_string(a, l->publisher),
				    key_kid_text(k.kid, a), &l->key, l->time), e);
}

static int apply_revoke(struct sqldb *s, uint64_t index, const struct leaf *l, struct arena *a, struct err *e)
{
	return sql_done(s, sql_bind(s, e, "UPDATE key SET revoked = ?3, revoked_by = ?4 WHERE publisher = ?1 AND kid = ?2", "tttn", arena_string(a, l->publisher),
				    key_kid_text(l->kid.at, a), arena_string(a, l->reason), index), e);
}

static int apply_key_state(struct sqldb *s, uint64_t index, const struct leaf *l, struct arena *a, struct err *e)
{
	const char *why = l->state == LEAF_QUARANTINED ? arena_string(a, l->reason) : NULL;

	return sql_done(s, sql_bind(s, e, "UPDATE key SET stopped = ?3, stopped_by = ?4 WHERE publisher = ?1 AND kid = ?2", "tttn", arena_string(a, l->publisher),
				    key_kid_text(l->kid.at, a), why, index), e);
}

static int apply_approval(struct sqldb *s, const struct leaf *l, struct arena *a, struct err *e)
{
	return sql_done(s, sql_bind(s, e, "UPDATE publisher SET approval = ?2 WHERE name = ?1", "tn", arena_string(a, l->publisher), (uint64_t)(l->change == LEAF_ADDED)), e);
}

/* The service's number, made when it is its first version. */
static int service_of(struct sqldb *s, const struct leaf *l, struct arena *a, uint64_t *id, struct err *e)
{
	static const char find[] = "SELECT id FROM service WHERE publisher = ?1 AND name = ?2";
	const char *publisher = arena_string(a, l->publisher), *name = arena_string(a, l->name);
	sqlite3_stmt *q = sql_bind(s, e, find, "tt", publisher, name);
	int rc = sql_step(s, q, e);

	*id = rc == 1 ? sql_number(q, 0) : 0;
	sql_end(q);
	if (rc)
		return rc < 0 ? rc : MS_OK;
	rc = sql_done(s, sql_bind(s, e, "INSERT INTO service (publisher, name) VALUES (?1, ?2)", "tt", publisher, name), e);
	*id = (uint64_t)sqlite3_last_insert_rowid(s->sqlite);
	return rc;
}

/* By which words it is found: its vendor, its name, and what the version that is shown says that it does. */
static int settle_words(struct sqldb *s, uint64_t id, struct err *e)
{
	static const char now[] =
		"SELECT words, publisher || ' ' || name || coalesce((SELECT ' ' || json_extract('{' || facts || '}', '$.summary') FROM version WHERE service = ?1 AND version = taken), '') FROM service WHERE id = ?1";
	struct arena a = { 0 };
	sqlite3_stmt *q = sql_bind(s, e, now, "n", id);
	int rc = sql_step(s, q, e);
	const char *old = rc == 1 ? sql_text(q, 0, &a) : "", *new = rc == 1 ? sql_text(q, 1, &a) : "";

	sql_end(q);
	if (rc == 1 && strcmp(old, new)) {
		/* The index forgets a text only if it is told which. */
		rc = *old ? sql_done(s, sql_bind(s, e, "INSERT INTO word (word, rowid, words) VALUES ('delete', ?1, ?2)", "nt", id, old), e) : MS_OK;
		if (rc >= 0)
			rc = sql_done(s, sql_bind(s, e, "INSERT INTO word (rowid, words) VALUES (?1, ?2)", "nt", id, new), e);
		if (rc >= 0)
			rc = sql_done(s, sql_bind(s, e, "UPDATE service SET words = ?2 WHERE id = ?1", "nt", id, new), e);
	}
	arena_done(&a);
	return rc < 0 ? rc : MS_OK;
}

/* What a search shows of it: the highest version that can be taken, one that is deprecated only if there is no other. */
static int settle_service(struct sqldb *s, uint64_t id, struct err *e)
{
	static const char text[] =
		"UPDATE service SET (taken, state, targets, categories, license) = (SELECT version, state, targets, categories, license FROM version WHERE service = ?1 AND state IN (1, 3)"
		" ORDER BY state, rank DESC LIMIT 1) WHERE id = ?1 AND EXISTS (SELECT 1 FROM version WHERE service = ?1 AND state IN (1, 3))";
	static const char none[] =
		"UPDATE service SET taken = NULL WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM version WHERE service = ?1 AND state IN (1, 3))";

	int rc = sql_done(s, sql_bind(s, e, text, "n", id), e);
	if (rc >= 0)
		rc = sql_done(s, sql_bind(s, e, none, "n", id), e);
	return rc < 0 ? rc : settle_words(s, id, e);
}

/* In the order of versions, as SQLite's signed numbers. */
static uint64_t rank_of(const char *version)
{
	struct table_version v = { 0 };
	struct err e;

	identity_version(version, &v, &e);
	return ((uint64_t)v.major << 56 | (uint64_t)v.minor << 48 | (uint64_t)v.patch << 32 | v.build) ^ UINT64_C(1) << 63;
}

static int apply_publish(struct sqldb *s, uint64_t index, const struct leaf *l, const char *oci, const struct db_facts *f, struct arena *a, struct err *e)
{
	static const char text[] =
		"INSERT INTO version (service, version, package, manifest, kid, size, published, number, changed, state, oci, targets, categories, license, facts, rank)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
	const char *version = arena_string(a, l->version);
	uint64_t id;

	int rc = service_of(s, l, a, &id, e);
	if (rc >= 0)
		rc = sql_done(s, sql_bind(s, e, text, "nttttnnnntnnttn", id, version, release_hex(l->package.at, 32, a), release_hex(l->manifest.at, 32, a),
					  key_kid_text(l->kid.at, a), l->size, l->time, index, l->state, oci, (uint64_t)f->targets, (uint64_t)f->categories, f->license, f->said, rank_of(version)), e);
	return rc < 0 ? rc : settle_service(s, id, e);
}

static int apply_state(struct sqldb *s, uint64_t index, const struct leaf *l, struct arena *a, struct err *e)
{
	/* Held or quarantined, it keeps where it was before (ledger_before). */
	static const char text[] =
		"UPDATE version SET state = ?3, reason = ?4, words = ?5, replacement = ?6, changed = ?7,"
		" before = CASE WHEN ?3 NOT IN (5, 7) THEN 0 WHEN state IN (5, 7) THEN before ELSE state END,"
		" earlier = CASE WHEN ?3 NOT IN (5, 7) THEN 0 WHEN state IN (5, 7) THEN earlier ELSE changed END WHERE service = ?1 AND version = ?2";
	uint64_t id;

	int rc = service_of(s, l, a, &id, e);
	if (rc >= 0)
		rc = sql_done(s, sql_bind(s, e, text, "ntntttn", id, arena_string(a, l->version), l->state, arena_string(a, l->reason),
					  arena_string(a, l->words), arena_string(a, l->replacement), index), e);
	return rc < 0 ? rc : settle_service(s, id, e);
}

static int apply_source(struct sqldb *s, uint64_t index, const struct leaf *l, struct arena *a, struct err *e)
{
	static const char text[] = "UPDATE version SET source = ?3, source_size = ?4, source_number = ?5, source_kid = ?6 WHERE service = ?1 AND version = ?2";
	uint64_t id;

	int rc = service_of(s, l, a, &id, e);
	return rc < 0 ? rc : sql_done(s, sql_bind(s, e, text, "nttnnt", id, arena_string(a, l->version), release_hex(l->source.at, 32, a), l->size, index, key_kid_text(l->kid.at, a)), e);
}

static int apply_kind(struct sqldb *s, uint64_t index, const struct leaf *l, const char *oci, const struct db_facts *f, struct arena *a, struct err *e)
{
	switch (l->kind) {
	case LEAF_PUBLISHER: return apply_publisher(s, l, a, e);
	case LEAF_PROOF: return apply_proof(s, l, a, e);
	case LEAF_KEY: return apply_key(s, l, a, e);
	case LEAF_REVOKE: return apply_revoke(s, index, l, a, e);
	case LEAF_PUBLISH: return apply_publish(s, index, l, oci, f, a, e);
	case LEAF_STATE: return apply_state(s, index, l, a, e);
	case LEAF_KEY_STATE: return apply_key_state(s, index, l, a, e);
	case LEAF_APPROVAL: return apply_approval(s, l, a, e);
	case LEAF_SOURCE: return apply_source(s, index, l, a, e);
	default: return MS_OK;
	}
}

static int apply(struct db *d, uint64_t index, const struct leaf *l, const char *oci, const struct db_facts *facts, struct err *e)
{
	struct arena a = { 0 };
	int rc = apply_kind(sql_of(d), index, l, oci, facts, &a, e);

	if (rc >= 0)
		rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "UPDATE position SET entries = ?1", "n", index + 1), e);
	arena_done(&a);
	return rc < 0 ? rc : MS_OK;
}

static int wipe(struct db *d, struct err *e)
{
	return sql_run(sql_of(d), "DELETE FROM publisher; DELETE FROM key; DELETE FROM service; DELETE FROM version; INSERT INTO word (word) VALUES ('delete-all'); UPDATE position SET entries = 0;", e);
}

/* Those that ended a while ago are nobody's any more; a clock that was wrong for a moment ends none for good. */
static int token_add(struct db *d, const struct db_token *t, struct err *e)
{
	uint64_t before = t->made > FORGOTTEN_SEC ? t->made - FORGOTTEN_SEC : 0;
	int rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "DELETE FROM private.token WHERE publisher = ?1 AND ends < ?2", "tn", t->publisher, before), e);

	if (rc < 0)
		return rc;
	return sql_done(sql_of(d), sql_bind(sql_of(d), e, "INSERT INTO private.token VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT entries FROM position), ?7)", "ttnnntt", t->hash, t->publisher,
					    (uint64_t)t->scopes, t->made, t->ends, t->label, t->account ? t->account : ""), e);
}

static int token_remove(struct db *d, const char *hash, struct err *e)
{
	int rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "DELETE FROM private.token WHERE hash = ?1", "t", hash), e);

	return rc < 0 ? rc : sqlite3_changes(sql_of(d)->sqlite);
}

/* The one that stays is as if it was made behind the next entry, which is the one that ends the others. */
static int tokens_end(struct db *d, const char *publisher, const char *keep, struct err *e)
{
	static const char text[] = "UPDATE private.token SET since = (SELECT entries + 1 FROM position) WHERE publisher = ?1 AND hash = ?2";
	int rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "DELETE FROM private.token WHERE publisher = ?1 AND hash IS NOT ?2", "tt", publisher, keep), e);

	return rc < 0 ? rc : sql_done(sql_of(d), sql_bind(sql_of(d), e, text, "tt", publisher, keep), e);
}

/* Those whose time is over are nobody's any more. */
static int pending_add(struct db *d, const struct db_pending *p, struct err *e)
{
	int rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "DELETE FROM private.pending WHERE ends <= ?1", "n", p->made), e);

	if (rc < 0)
		return rc;
	return sql_done(sql_of(d), sql_bind(sql_of(d), e, "INSERT OR REPLACE INTO private.pending VALUES (?1, ?2, ?3, ?4, ?5)", "ttnnt", p->id, p->account, p->made, p->ends, p->wish), e);
}

static int pending_remove(struct db *d, const char *id, struct err *e)
{
	int rc = sql_done(sql_of(d), sql_bind(sql_of(d), e, "DELETE FROM private.pending WHERE id = ?1", "t", id), e);

	return rc < 0 ? rc : sqlite3_changes(sql_of(d)->sqlite);
}

static void close_db(struct db *d)
{
	if (d)
		sql_close(sql_of(d));
}

int db_sqlite(struct arena *a, const char *folder, bool write, struct db **out, struct err *e)
{
	struct sqldb *s = arena_new(a, struct sqldb);

	int rc = sql_open(s, folder, write, e);
	if (rc < 0)
		return rc;
	s->db = (struct db){ .begin = begin, .end = end, .position = position, .apply = apply, .wipe = wipe, .token_add = token_add, .token_remove = token_remove, .tokens_end = tokens_end,
			     .pending_add = pending_add, .pending_remove = pending_remove, .close = close_db };
	db_sqlite_reading(&s->db);
	*out = &s->db;
	return MS_OK;
}

int db_sqlite_scratch(struct arena *a, struct db **out, struct err *e)
{
	return db_sqlite(a, NULL, true, out, e);
}
