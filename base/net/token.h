/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tokens: what somebody shows to a server.  A token is 256 random bits behind a prefix, so that it is found where it was left
 * by mistake; a server keeps its SHA-256 alone.  Those of stores end on a checksum, by which what finds them knows them from
 * other texts.
 */
#ifndef TOKEN_H
#define TOKEN_H

#include "arena.h"
#include "err.h"

#define TOKEN_HASH_PREFIX "sha256:"

enum token_of { TOKEN_OF_RIG, TOKEN_OF_STORE };
enum { TOKEN_SIZE_MAX = 4 + 64 + 8 };

/* "msr_", "ms_". */
const char *token_prefix(enum token_of of);

/* A new one, as text. */
const char *token_make(enum token_of of, struct arena *a);

/* "sha256:0123..." of any text. */
const char *token_hash(const char *token, struct arena *a);

/* Is it of a token's form, with its checksum if it has one? */
bool token_is_one(enum token_of of, const char *token);
bool token_is_hash(const char *hash);

/* The token of "Bearer TOKEN", or NULL. */
const char *token_of_header(enum token_of of, const char *header);

/* Has this token that hash?  The time it takes does not tell how much of it is right. */
bool token_is(const char *token, const char *hash);

#endif
