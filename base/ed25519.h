/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ed25519 (RFC 8032), by OpenSSL: what signed notes are signed with, and
 * nothing else (docs/decisions/0016).  A private key lies in a PEM file
 * (PKCS#8, RFC 8410) of mode 0600.  Programs that use this link -lcrypto.
 */
#ifndef ED25519_H
#define ED25519_H

#include "arena.h"
#include "err.h"

enum { ED25519_PUBLIC_SIZE = 32, ED25519_SIGNATURE_SIZE = 64 };

struct ed25519;	/* a private key that is loaded; ended by ed25519_close */

/* Make a new private key in a file that must not exist (-MS_EEXIST). */
int ed25519_create(const char *path, struct arena *a, struct err *e);

/* Load a private key.  A file that others may read is refused with the fix. */
int ed25519_open(const char *path, struct arena *a, struct ed25519 **out, struct err *e);

/* From a seed that is known to others as well: for tests. */
int ed25519_from_seed(const uint8_t seed[32], struct arena *a, struct ed25519 **out, struct err *e);

void ed25519_close(struct ed25519 *k);
const uint8_t *ed25519_public_of(const struct ed25519 *k);	/* ED25519_PUBLIC_SIZE bytes */

/* The same message gives the same signature. */
int ed25519_sign(const struct ed25519 *k, struct bytes message, uint8_t signature[ED25519_SIGNATURE_SIZE], struct err *e);

/* MS_OK or -MS_ESIGNATURE. */
int ed25519_verify(const uint8_t public[ED25519_PUBLIC_SIZE], struct bytes message, struct bytes signature);

#endif
