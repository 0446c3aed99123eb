/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A claim: who has a key says to one store, once, that it acts for a name space.  A text of facts and the public key, then that
 * key's signature (docs/store.md).  It has one form: what is read is written again, and compared.
 */
#ifndef CLAIM_H
#define CLAIM_H

#include "arena.h"
#include "err.h"
#include "key.h"

enum { CLAIM_SIZE_MAX = 4096, CLAIM_NONCE_DIGITS = 32 };

struct claim {
	const char *store;	/* the name of its log, so that it counts at no other store */
	const char *at;		/* the address at which its claimer dialled it: who listens at another and passes it on gets nothing by it */
	const char *vendor;	/* the name space: "example.org" */
	const char *nonce;	/* CLAIM_NONCE_DIGITS hexadecimal digits that the store gave out, so that it counts once */
	struct key_public key;
	uint8_t block[COSE_BLOCK_SIZE];
};

/* Sign c->store, at, vendor and nonce with the key, whose public half becomes c->key; the text of it. */
int claim_sign(struct claim *c, const struct key *k, struct arena *a, struct bytes *text, struct err *e);

/* The other way round: -MS_EFORMAT (ERR_CLAIM) for what claim_sign does not write, -MS_ESIGNATURE (ERR_CLAIM_FALSE) when the key has not signed it. */
int claim_read(struct bytes text, struct arena *a, struct claim *out, struct err *e);

#endif
