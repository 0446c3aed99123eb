/* SPDX-License-Identifier: Apache-2.0 */
/* All keys that a person knows by name: their own, and those they trust. */
#ifndef KEYRING_H
#define KEYRING_H

#include "trust.h"

/* Own and trusted ones (struct trusted *).  An own key that is not trusted has the role TRUST_ROLE_COUNT. */
int keyring_list(struct list *all, struct arena *a, struct err *e);

/* A key by what a person types: the name of an own key, a file, the URI of a key in a token, or the kid of a key that is listed; in this order. */
int keyring_find(const char *word, struct arena *a, struct trusted *out, struct err *e);

/* "release" of ".../release.pem". */
const char *keyring_name(const char *path, struct arena *a);

#endif
