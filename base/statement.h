/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said about keys: another one follows, or this one is to be believed
 * no more.  A text of facts and one public key, then the signature of the key
 * that says so (docs/trust.md).  It has one form: what is read is written
 * again, and compared.
 */
#ifndef STATEMENT_H
#define STATEMENT_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"
#include "key.h"

enum statement_kind { STATEMENT_ROTATION, STATEMENT_REVOCATION, STATEMENT_KIND_COUNT };
enum { STATEMENT_FILE_MAX = 16 * 1024 };

struct statement {
	enum statement_kind kind;
	uint8_t by[32];			/* thumbprint of who says so: the key before, or the revoked key itself */
	const char *date;		/* "2026-11-22" */
	const char *reason;		/* one printable line; NULL: none is given, which only a rotation may do */
	struct key_public key;		/* the key that follows, or the revoked one */
	bool is_signed;			/* else somebody's own decision about another's key: good in their folder only */
	uint8_t block[COSE_BLOCK_SIZE];
};

/* "rotation", "revocation". */
const char *statement_name(enum statement_kind kind);

/* Is it meant to be one?  From its first line alone. */
bool statement_is(struct bytes content);

/* The day of `epoch`, as statements have it. */
const char *statement_date(uint64_t epoch, struct arena *a);

/* Say it: s->by and s->block come from the key.  -MS_EINVAL for a reason that cannot stand there. */
int statement_sign(struct statement *s, const struct key *k, struct arena *a, struct err *e);

/* The text of it, with the signature if it is signed. */
int statement_write(const struct statement *s, struct arena *a, struct bytes *content, struct err *e);

/* The other way round, the form alone: -MS_EFORMAT for anything that statement_write does not write. */
int statement_read(struct bytes content, const char *path, struct arena *a, struct statement *out, struct err *e);

/* Has this key, whose thumbprint is s->by, signed it?  MS_OK or -MS_ESIGNATURE. */
int statement_verify(const struct statement *s, const struct key_public *by, struct arena *a);

#endif
