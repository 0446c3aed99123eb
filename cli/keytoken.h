/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys that stay in a token: a PKCS#11 module makes the signatures.
 * A key is named by a URI (RFC 7512), "pkcs11:token=release;object=me", as
 * GnuTLS and OpenSSH name it; libp11-kit reads it and loads the module, which
 * "module-path=" names, or the system's list of modules has.
 */
#ifndef KEYTOKEN_H
#define KEYTOKEN_H

#include "key.h"

/* Is it such a URI, rather than a file? */
bool keytoken_is(const char *word);

/*
 * Open a private key for signing: log in with the PIN (the first line of the
 * file in pin-source=, or asked for), and find the one ECDSA P-256 key that the
 * URI means.  It is read from the URI alone, never from a PIN in it.  The
 * token is asked for each signature until key_close.
 */
int keytoken_open(const char *uri, struct arena *a, struct key **out, struct err *e);

/* The public half alone: without a PIN where the token shows it to anybody. */
int keytoken_public(const char *uri, struct arena *a, struct key_public *out, struct err *e);

#endif
