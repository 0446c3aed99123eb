/* SPDX-License-Identifier: Apache-2.0 */
/* The two halves of SQLite as a store's database: db_sqlite.c writes, db_sqlite_read.c reads. */
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

#endif
