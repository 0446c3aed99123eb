/* SPDX-License-Identifier: Apache-2.0 */
/* Whom to believe, and what was found on the way to a verdict: for everything that verifies. */
#ifndef BELIEVE_H
#define BELIEVE_H

#include "arena.h"
#include "key.h"
#include "trust.h"

/* A key that is believed in a role. */
struct believed {
	struct key_public key;
	const char *label;	/* a name for people */
	const char *vendor;	/* whose services it may sign; NULL: anybody's */
	const char *revoked;	/* when it is not believed since it was revoked: the sentence that says so; else NULL */
};

/* Fill *out for a kid that is believed to sign in the role; false when it is not: then out->revoked alone may be set. */
struct believer {
	bool (*find)(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out);
	void *context;
};

/* Only this key is believed, in any role and for anybody's services: for reading back what was just made.  It is borrowed. */
struct believer believe_one(const struct key_public *own);

/* One check, in the order made. */
struct finding {
	const char *what;	/* "signature 3f2a91c04d5e6f70", "elf/v7em.elf" */
	int code;		/* MS_OK, or why not */
	const char *text;	/* "good, by key 3f2a91c04d5e6f70 (example.org)", or the sentence of the failure */
};

enum { FINDING_MAX = 160 };
struct findings { struct finding at[FINDING_MAX]; uint32_t count; };

/* Append one; texts are borrowed.  Returns its code. */
int find_add(struct findings *f, const char *what, int code, const char *text);

#endif
