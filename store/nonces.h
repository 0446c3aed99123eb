/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that are given out to be signed, each good once and for a while.  A number says itself when it was given out, behind a secret of
 * this run: asking for many makes nobody else's worse.  Those that were used are remembered; a restart ends all.
 */
#ifndef NONCES_H
#define NONCES_H

#include <stdbool.h>

#include "arena.h"
#include "claim.h"

enum { NONCE_SEC = 300, NONCE_USED_COUNT = 4096 };

struct nonces {
	uint8_t secret[32];
	bool begun;
	struct { uint64_t mark, ends_nsec; } used[NONCE_USED_COUNT];
	uint32_t next;		/* the oldest is overwritten: each took a key's signature to get here */
};

/* A new one, into memory of the arena. */
const char *nonces_make(struct nonces *n, uint64_t now_nsec, struct arena *a);

/* Was it given out and is it good still?  It is not afterwards. */
bool nonces_take(struct nonces *n, const char *digits, uint64_t now_nsec);

#endif
