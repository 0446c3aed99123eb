/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys for signing, wherever they are: a file in the clear, a file under a passphrase, or a token. */
#ifndef KEYOPEN_H
#define KEYOPEN_H

#include "key.h"

/* Open what `word` names: a file, or a key in a token ("pkcs11:…").  key_close ends it.  Asks for a passphrase or PIN if one is needed. */
int keyopen(const char *word, struct arena *a, struct key **out, struct err *e);

/* Its public half; no passphrase is needed for that. */
int keyopen_public(const char *word, struct arena *a, struct key_public *out, struct err *e);

/* Is the private key in this file encrypted?  False also for what cannot be read. */
bool keyopen_sealed(const char *path, struct arena *a);

/* As key_create: a new private key under a passphrase, which is asked for. */
int keyopen_create_sealed(const char *path, struct arena *a, struct err *e);

#endif
