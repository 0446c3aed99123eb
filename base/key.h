/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys: ECDSA P-256.  mbedTLS's PSA interface makes them and signs, OpenSSL
 * verifies (p256.h): programs that use this link both.  A key's name is its
 * thumbprint (RFC 9679); its first 8 bytes are the kid.  Private keys live in
 * PEM files of mode 0600 and never leave this module.
 */
#ifndef KEY_H
#define KEY_H

#include "arena.h"
#include "cose.h"
#include "err.h"

struct key_public {
	uint8_t point[COSE_POINT_SIZE];		/* x ‖ y */
	uint8_t thumbprint[32];
	uint8_t kid[COSE_KID_SIZE];
};

struct key;	/* a private key that is loaded; ended by key_close */

void sha256(struct bytes data, uint8_t out[32]);
void sha256_both(struct bytes first, struct bytes second, uint8_t out[32]);	/* of the second behind the first */

/* For formats of others that want it; nothing is believed by it. */
void sha1(struct bytes data, uint8_t out[20]);

/* Hash in pieces. */
struct sha256_state;
struct sha256_state *sha256_start(struct arena *a);
void sha256_add(struct sha256_state *s, struct bytes data);
void sha256_end(struct sha256_state *s, uint8_t out[32]);

/* Make a new private key in a PEM file of mode 0600 that must not exist (-MS_EEXIST). */
int key_create(const char *path, struct arena *a, struct err *e);

/* Load a private key (PEM, PKCS#8 or SEC1, P-256 only).  A file that others may read is refused with the fix. */
int key_open(const char *path, struct arena *a, struct key **out, struct err *e);

/* The same for who keeps private keys elsewhere: from DER (PKCS#8 or SEC1); `path` is for messages. */
int key_open_der(struct bytes der, const char *path, struct arena *a, struct key **out, struct err *e);

/* A new private key as DER (SEC1), at the end of *room.  The caller overwrites it. */
int key_make_der(uint8_t *room, size_t size, struct bytes *der, struct err *e);

/*
 * A private key that is not in this program: `sign` makes r ‖ s over a SHA-256, `end` (by key_close) lets it go.
 * What it gives is verified each time before it counts.
 */
typedef int key_signer(void *context, const uint8_t hash[32], uint8_t signature[COSE_SIGNATURE_SIZE], struct err *e);
struct key *key_elsewhere(const struct key_public *public, key_signer *sign, void (*end)(void *context), void *context, struct arena *a);

void key_close(struct key *k);
const struct key_public *key_public_of(const struct key *k);

/* Load a public key (PEM SubjectPublicKeyInfo, or a private key's file; of one that is encrypted, the public half must stand in the file, too). */
int key_open_public(const char *path, struct arena *a, struct key_public *out, struct err *e);

/* The same from PEM text of a public key, which a NUL follows; `path` is for messages. */
int key_public_read(struct bytes pem, const char *path, struct key_public *out, struct err *e);

/* The public key as PEM text. */
int key_public_pem(const struct key_public *k, struct arena *a, char **pem, struct err *e);

/* Fill in point's thumbprint and kid. */
void key_public_from_point(struct key_public *k, const uint8_t point[COSE_POINT_SIZE]);

/* Sign: the whole 96-byte block of a kind over a payload; deterministic, unless the key is elsewhere. */
int key_sign(const struct key *k, const char *kind, struct bytes payload, uint8_t block[COSE_BLOCK_SIZE], struct err *e);

/* Is the block of this kind, by this key, over this payload?  MS_OK, -MS_EFORMAT (no block of the kind), -MS_ESIGNATURE (another key, or wrong). */
int key_verify(const struct key_public *k, const char *kind, struct bytes payload, struct bytes block);

/* "0123456789abcdef": a kid as text. */
const char *key_kid_text(const uint8_t kid[COSE_KID_SIZE], struct arena *a);

/* The other way round: 16 hexadecimal digits; -MS_EINVAL for anything else. */
int key_kid_parse(const char *text, uint8_t kid[COSE_KID_SIZE]);

#endif
