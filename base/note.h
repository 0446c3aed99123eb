/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for
 * each signature.  Ed25519 only, so that any implementation can check ours.
 * Nothing of the text counts before note_verify has said so.
 */
#ifndef NOTE_H
#define NOTE_H

#include "arena.h"
#include "ed25519.h"
#include "err.h"

enum {
	NOTE_SIZE_MAX = 64 * 1024,
	NOTE_SIGNATURE_MAX = 32,
	NOTE_NAME_MAX = 200,		/* bytes of a key's name */
};

/* Who may have signed: what others write as NAME+ID+KEY, a "verifier key". */
struct note_key {
	const char *name;	/* of a store: the origin of its log, "store.example.org/log" */
	uint32_t id;
	uint8_t public[ED25519_PUBLIC_SIZE];
};

struct note_signature { struct bytes name; uint32_t id; struct bytes bytes; };

struct note {
	struct bytes text;	/* with the line feed at its end */
	struct note_signature signatures[NOTE_SIGNATURE_MAX];
	uint32_t count;
};

/* Can this be the name of a key? */
bool note_name_ok(struct bytes name);

/* The verifier key of a name that is one; `name` is borrowed. */
void note_key_init(struct note_key *k, const char *name, const uint8_t public[ED25519_PUBLIC_SIZE]);

/* As text and back.  -MS_EFORMAT (ERR_STORE_KEY) for what is none, or whose ID is another's. */
char *note_key_write(const struct note_key *k, struct arena *a);
int note_key_read(const char *text, struct arena *a, struct note_key *out, struct err *e);

/* Sign a text that ends in a line feed: the whole note. */
int note_sign(struct bytes text, const char *name, const struct ed25519 *k, struct arena *a, struct bytes *note, struct err *e);

/* Take a note apart, the form alone; *out borrows from `content`.  -MS_EFORMAT (ERR_NOTE), with the line, for what is none. */
int note_read(struct bytes content, const char *path, struct arena *a, struct note *out, struct err *e);

/* Has this key signed it?  MS_OK; -MS_ENOENT: it has not; -MS_ESIGNATURE: a signature that says it is the key's is wrong. */
int note_verify(const struct note *n, const struct note_key *k);

#endif
