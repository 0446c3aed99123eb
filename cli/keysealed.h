/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys under a passphrase: encrypted PKCS#8 in PEM, as every tool reads it (PBES2: PBKDF2 by HMAC-SHA-256, AES-256-CBC).
 * OpenSSL's libcrypto does it, since mbedTLS cannot write them; signing is mbedTLS's, as with any key.
 */
#ifndef KEYSEALED_H
#define KEYSEALED_H

#include "key.h"
#include "passphrase.h"

/* Is this the text of one? */
bool keysealed_is(struct bytes pem);

/* The private key in it, as DER; the caller overwrites it.  -MS_EACCES when the passphrase is another one. */
int keysealed_open(struct bytes pem, const char *path, const struct passphrase *p, uint8_t *der, size_t room, size_t *size, struct err *e);

/* The text of a file for a private key that is DER (SEC1): encrypted, its public half behind it. */
int keysealed_write(struct bytes der, const struct passphrase *p, struct arena *a, struct bytes *pem, struct err *e);

#endif
