/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tokens: what a user shows to a rig.  A token is 256 random bits behind "msr_", so that it is found where it was left by
 * mistake; a rig keeps its SHA-256 alone.
 */
#ifndef TOKEN_H
#define TOKEN_H

#include "arena.h"
#include "err.h"

#define TOKEN_PREFIX "msr_"
#define TOKEN_HASH_PREFIX "sha256:"

enum { TOKEN_SIZE = 4 + 64 };

/* A new one, as text. */
const char *token_make(struct arena *a);

/* "sha256:0123..." of any text. */
const char *token_hash(const char *token, struct arena *a);

/* Is it of a token's form?  For rows of schemas as well: a sentence in *e if not. */
int token_check(const char *token, struct err *e);
int token_check_hash(const char *hash, struct err *e);

/* The token of "Bearer TOKEN", or NULL. */
const char *token_of_header(const char *header);

/* Has this token that hash?  The time it takes does not tell how much of it is right. */
bool token_is(const char *token, const char *hash);

#endif
