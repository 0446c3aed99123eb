/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of header.c: what it shares with header_type.c. */
#ifndef HEADER_PARTS_H
#define HEADER_PARTS_H

#include <clang-c/Index.h>

#include "header.h"

struct known_record { CXCursor of; struct record *record; struct known_record *next; };

enum { RECORD_BUCKETS = 256 };

struct parsing {
	struct arena *arena;
	struct header *header;
	CXTranslationUnit unit;
	struct known_record *records[RECORD_BUCKETS];	/* by what declares them: a struct may hold pointers to itself */
};

/* A text of libclang's, copied and given back. */
const char *header_text(struct parsing *p, CXString s);

struct place header_place(CXCursor c);

const struct type *header_type(struct parsing *p, CXType t);

#endif
