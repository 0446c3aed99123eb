/* SPDX-License-Identifier: Apache-2.0 */
/* ms key rotate, ms key revoke, and what becomes of statements that come from others. */
#ifndef KEYCHANGE_H
#define KEYCHANGE_H

#include "statement.h"
#include "trust.h"

/* Is this file a statement about a key?  Then it is read (the form alone). */
bool keychange_is(const char *path, struct arena *a, struct statement *out, int *rc, struct err *e);

/* A new key takes the name of an own one; `output` (NULL: NAME-<kid>.rotation) is what others get. */
int keychange_rotate(const char *name, bool passphrase, const char *output, struct arena *a, struct err *e);

/* A key, or a statement that is a file, is believed no more: in the product's folder, or by this person (NULL). */
int keychange_revoke(const char *word, const char *reason, const char *product, const char *output, struct arena *a, struct err *e);

/* Say what was taken, and how. */
void keychange_say(const struct statement *s, const struct trusted *t, struct arena *a);

#endif
