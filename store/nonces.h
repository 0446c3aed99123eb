/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that are given out to be signed, each good once and for a while.  Kept in memory: a restart forgets them. */
#ifndef NONCES_H
#define NONCES_H

#include <stdbool.h>

#include "arena.h"
#include "claim.h"

enum { NONCE_COUNT = 1024, NONCE_SEC = 300 };

struct nonces {
	struct { char digits[CLAIM_NONCE_DIGITS + 1]; uint64_t ends_nsec; } at[NONCE_COUNT];
	uint32_t next;		/* the oldest is overwritten */
};

/* A new one, into memory of the arena. */
const char *nonces_make(struct nonces *n, uint64_t now_nsec, struct arena *a);

/* Was it given out and is it good still?  It is not afterwards. */
bool nonces_take(struct nonces *n, const char *digits, uint64_t now_nsec);

#endif
