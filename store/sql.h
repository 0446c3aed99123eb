/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite as db_sqlite.c uses it: statements that are prepared once, with values bound and never written into them. */
#ifndef SQL_H
#define SQL_H

#include <sqlite3.h>

#include "db.h"

enum { SQL_PREPARED_MAX = 96 };

struct sqldb {
	struct db db;			/* first */
	sqlite3 *sqlite;
	struct { const char *text; sqlite3_stmt *statement; } prepared[SQL_PREPARED_MAX];
};

/* Open the files in the folder, with the tables in them; `folder` NULL: for the moment, in files that nobody sees. */
int sql_open(struct sqldb *s, const char *folder, bool write, struct err *e);
void sql_close(struct sqldb *s);

/* Statements without values or results. */
int sql_run(struct sqldb *s, const char *text, struct err *e);

/*
 * A statement and its values: for each letter of `types` one, 't' a text (NULL is NULL), 'n' a uint64_t, 'b' a struct bytes *.
 * NULL is a failure.  The text must stay where it is.
 */
sqlite3_stmt *sql_bind(struct sqldb *s, struct err *e, const char *text, const char *types, ...);

/* 1: a row; 0: no more, and the statement is ready for other values; negative: likewise. */
int sql_step(struct sqldb *s, sqlite3_stmt *q, struct err *e);

/* sql_step once, for what has no rows; or of whose rows one counts: 1 or 0. */
int sql_done(struct sqldb *s, sqlite3_stmt *q, struct err *e);
void sql_end(sqlite3_stmt *q);

/* Of a row. */
const char *sql_text(sqlite3_stmt *q, int column, struct arena *a);	/* "" for NULL */
uint64_t sql_number(sqlite3_stmt *q, int column);

#endif
