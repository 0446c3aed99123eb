/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of a C source, without comments: enough to find what it calls,
 * not to compile it.  Any bytes may be read; what is no C gives tokens all the same.
 */
#ifndef CTOKENS_H
#define CTOKENS_H

#include <stdbool.h>

#include "bytes.h"

enum ctoken_kind { CTOKEN_NAME, CTOKEN_NUMBER, CTOKEN_STRING, CTOKEN_SIGN };

struct ctoken {
	enum ctoken_kind kind;
	struct bytes text;	/* of the source; a string or character with its quotes, a sign one byte */
	int line, column;	/* from 1; columns count bytes */
	bool first;		/* of its line, lines that end in '\' counting as one with the next */
	bool joined;		/* nothing stands between it and the token before */
};

struct ctokens { struct bytes left; int line, column; bool fresh, joined; };

struct ctokens ctokens_of(struct bytes source);

/* The next token; false at the end.  `t` borrows from the source. */
bool ctokens_next(struct ctokens *c, struct ctoken *t);

/* The bytes up to a sign of this line, without it, for <stdio.h> behind its '<'; empty, and nothing is read, where there is none. */
struct bytes ctokens_until(struct ctokens *c, char sign);

#endif
