/* SPDX-License-Identifier: Apache-2.0 */
#include "sql.h"

#include <string.h>
#include <sys/stat.h>

#include "file.h"

enum { FORMAT = 7, BUSY_MSEC = 10000 };

static const char tables[] =
	"DROP TABLE IF EXISTS position; DROP TABLE IF EXISTS publisher; DROP TABLE IF EXISTS key; DROP TABLE IF EXISTS service; DROP TABLE IF EXISTS version; DROP TABLE IF EXISTS word;"
	"CREATE TABLE position (entries INTEGER NOT NULL);"
	"INSERT INTO position VALUES (0);"
	"CREATE TABLE publisher (name TEXT PRIMARY KEY, proof TEXT NOT NULL, at INTEGER NOT NULL, approval INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
	"CREATE TABLE key (publisher TEXT NOT NULL, kid TEXT NOT NULL, point BLOB NOT NULL, at INTEGER NOT NULL, revoked TEXT, revoked_by INTEGER, stopped TEXT, stopped_by INTEGER, PRIMARY KEY (publisher, kid)) WITHOUT ROWID;"
	"CREATE TABLE service (id INTEGER PRIMARY KEY, publisher TEXT NOT NULL, name TEXT NOT NULL, taken TEXT, state INTEGER, targets INTEGER NOT NULL DEFAULT 0, categories INTEGER NOT NULL DEFAULT 0, license TEXT, words TEXT NOT NULL DEFAULT '', UNIQUE (publisher, name));"
	"CREATE TABLE version (service INTEGER NOT NULL, version TEXT NOT NULL, package TEXT NOT NULL, manifest TEXT NOT NULL, kid TEXT NOT NULL, size INTEGER NOT NULL,"
	" published INTEGER NOT NULL, number INTEGER NOT NULL, changed INTEGER NOT NULL, state INTEGER NOT NULL, reason TEXT, words TEXT, replacement TEXT, oci TEXT NOT NULL,"
	" targets INTEGER NOT NULL, categories INTEGER NOT NULL, license TEXT, facts TEXT, rank INTEGER NOT NULL, before INTEGER NOT NULL DEFAULT 0, earlier INTEGER NOT NULL DEFAULT 0,"
	" source TEXT, source_size INTEGER, source_number INTEGER, source_kid TEXT, PRIMARY KEY (service, version)) WITHOUT ROWID;"
	"CREATE INDEX version_package ON version (package);"
	"CREATE INDEX version_oci ON version (oci);"
	"CREATE INDEX version_source ON version (source) WHERE source IS NOT NULL;"
	"CREATE VIRTUAL TABLE word USING fts5 (words, content='', tokenize='unicode61', prefix='2 3 4');"
	"PRAGMA user_version = 7;";

static const char private_tables[] =
	"BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS private.token (hash TEXT PRIMARY KEY, publisher TEXT NOT NULL, scopes INTEGER NOT NULL, made INTEGER NOT NULL, ends INTEGER NOT NULL, label TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX IF NOT EXISTS private.token_publisher ON token (publisher);"
	/* The entries that the log had: a key that is revoked by a later one has ended it. */
	"ALTER TABLE private.token ADD COLUMN since INTEGER NOT NULL DEFAULT 0;"
	"PRAGMA private.user_version = 1; COMMIT;";

/* Who a token acts as, and what one administrator wants and another has to agree to. */
static const char private_tables_2[] =
	"BEGIN IMMEDIATE; ALTER TABLE private.token ADD COLUMN account TEXT NOT NULL DEFAULT '';"
	"CREATE TABLE private.pending (id TEXT PRIMARY KEY, account TEXT NOT NULL, made INTEGER NOT NULL, ends INTEGER NOT NULL, wish TEXT NOT NULL) WITHOUT ROWID;"
	"PRAGMA private.user_version = 2; COMMIT;";

static int failed(struct sqldb *s, struct err *e)
{
	int code = sqlite3_extended_errcode(s->sqlite);

	if ((code & 0xff) == SQLITE_FULL)
		return err_set(e, ERR_DISK_FULL, "the database cannot be written: the disk is full");
	err_set(e, ERR_STORE_DATABASE, "the database of the store fails: %s", sqlite3_errmsg(s->sqlite));
	return err_fix(e, "stop the store and make it anew: ms store rebuild --dir DIR");
}

int sql_run(struct sqldb *s, const char *text, struct err *e)
{
	return sqlite3_exec(s->sqlite, text, NULL, NULL, NULL) == SQLITE_OK ? MS_OK : failed(s, e);
}

static sqlite3_stmt *prepare(struct sqldb *s, const char *text)
{
	for (size_t i = 0; i < SQL_PREPARED_MAX; i++) {
		if (s->prepared[i].text == text)
			return s->prepared[i].statement;
		if (s->prepared[i].text)
			continue;
		if (sqlite3_prepare_v3(s->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared[i].statement, NULL) == SQLITE_OK)
			s->prepared[i].text = text;
		return s->prepared[i].statement;
	}
	return NULL;
}

sqlite3_stmt *sql_bind(struct sqldb *s, struct err *e, const char *text, const char *types, ...)
{
	sqlite3_stmt *q = prepare(s, text);
	int rc = q ? SQLITE_OK : SQLITE_ERROR;
	va_list values;

	va_start(values, types);
	for (int i = 1; rc == SQLITE_OK && *types; i++, types++) {
		if (*types == 't') {
			rc = sqlite3_bind_text(q, i, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
		} else if (*types == 'n') {
			rc = sqlite3_bind_int64(q, i, (sqlite3_int64)va_arg(values, uint64_t));
		} else {
			const struct bytes *b = va_arg(values, const struct bytes *);
			rc = sqlite3_bind_blob(q, i, b->at, (int)b->size, SQLITE_TRANSIENT);
		}
	}
	va_end(values);
	if (rc == SQLITE_OK)
		return q;
	failed(s, e);
	return NULL;
}

void sql_end(sqlite3_stmt *q)
{
	if (q)
		sqlite3_reset(q);
}

int sql_step(struct sqldb *s, sqlite3_stmt *q, struct err *e)
{
	int code = q ? sqlite3_step(q) : SQLITE_MISUSE;

	if (code == SQLITE_ROW)
		return 1;
	int rc = code == SQLITE_DONE ? 0 : q ? failed(s, e) : e->code;
	sql_end(q);
	return rc;
}

int sql_done(struct sqldb *s, sqlite3_stmt *q, struct err *e)
{
	int rc = sql_step(s, q, e);

	if (rc == 1)
		sql_end(q);
	return rc;
}

const char *sql_text(sqlite3_stmt *q, int column, struct arena *a)
{
	const char *text = (const char *)sqlite3_column_text(q, column);

	return text ? arena_printf(a, "%s", text) : "";
}

uint64_t sql_number(sqlite3_stmt *q, int column)
{
	return (uint64_t)sqlite3_column_int64(q, column);
}

static int number_of(struct sqldb *s, const char *text, uint64_t *out, struct err *e)
{
	sqlite3_stmt *q = sql_bind(s, e, text, "");
	int rc = sql_step(s, q, e);

	*out = rc == 1 ? sql_number(q, 0) : 0;
	sql_end(q);
	return rc < 0 ? rc : MS_OK;
}

/* What follows from the log and has another form is made anew from it. */
static int make_tables(struct sqldb *s, struct err *e)
{
	uint64_t format;
	int rc = number_of(s, "PRAGMA main.user_version", &format, e);

	if (rc < 0 || format == FORMAT)
		return rc;
	rc = sql_run(s, "BEGIN IMMEDIATE", e);
	if (rc >= 0)
		rc = sql_run(s, tables, e);
	return rc < 0 ? rc : sql_run(s, "COMMIT", e);
}

static int make_private_tables(struct sqldb *s, struct err *e)
{
	uint64_t format;
	int rc = number_of(s, "PRAGMA private.user_version", &format, e);

	if (rc >= 0 && format < 1)
		rc = sql_run(s, private_tables, e);
	return rc < 0 || format >= 2 ? rc : sql_run(s, private_tables_2, e);
}

static int settle(struct sqldb *s, const char *private, bool write, struct err *e)
{
	sqlite3_stmt *q;

	sqlite3_busy_timeout(s->sqlite, BUSY_MSEC);
	sqlite3_db_config(s->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	q = sql_bind(s, e, "ATTACH ?1 AS private", "t", private);
	int rc = q ? sql_done(s, q, e) : e->code;
	if (rc >= 0 && write)
		rc = sql_run(s, "PRAGMA main.journal_mode = WAL; PRAGMA private.journal_mode = WAL; PRAGMA main.synchronous = NORMAL; PRAGMA private.synchronous = FULL;", e);
	if (rc >= 0)
		rc = sql_run(s, "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096;", e);
	if (rc >= 0 && write)
		rc = make_tables(s, e);
	if (rc >= 0 && write)
		rc = make_private_tables(s, e);
	return rc;
}

int sql_open(struct sqldb *s, const char *folder, bool write, struct err *e)
{
	struct arena a = { 0 };
	const char *state = folder ? path_join(&a, folder, "state.db") : "", *private = folder ? path_join(&a, folder, "private.db") : "";
	mode_t old = umask(0077);
	int rc = MS_OK;

	if (sqlite3_open_v2(state, &s->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
		rc = failed(s, e);
	if (rc >= 0)
		rc = settle(s, private, write, e);
	umask(old);
	arena_done(&a);
	if (rc < 0)
		sql_close(s);
	return rc < 0 ? rc : MS_OK;
}

void sql_close(struct sqldb *s)
{
	for (size_t i = 0; i < SQL_PREPARED_MAX; i++)
		sqlite3_finalize(s->prepared[i].statement);
	sqlite3_close(s->sqlite);
	s->sqlite = NULL;
}
