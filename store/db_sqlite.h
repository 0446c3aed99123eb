/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of SQLite as a store's database: db_sqlite.c writes, db_sqlite_read.c reads, db_sqlite_facets.c counts what is found. */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include "key.h"
#include "sql.h"

static inline struct sqldb *sql_of(struct db *d)
{
	return (struct sqldb *)d;
}

/* Set what reads. */
void db_sqlite_reading(struct db *d);

/* Publisher, licence, state, targets and categories of each service that a search finds on all its pages, `most` of them at most; NULL is a failure. */
sqlite3_stmt *db_sqlite_hits(struct db *d, const struct db_query *w, uint64_t most, struct arena *a, struct err *e);

/* As d->facets (db.h). */
int db_sqlite_facets(struct db *d, const struct db_query *w, struct arena *a, struct list *out, struct err *e);

#endif
