/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proof that somebody has a domain, which nobody has to fetch: a text, signed by the key of a certificate for that domain, and the
 * certificates that lead from there to an authority.  Who checks it opens no line to anywhere, and so cannot be led to open a wrong one.
 *
 *   text "-----BEGIN SIGNATURE-----" base 64 "-----END SIGNATURE-----" certificates in PEM form, that of the domain first
 *
 * What is signed begins with a line of its own, so that it is nothing that TLS signs by the same key.
 */
#ifndef DOMAINPROOF_H
#define DOMAINPROOF_H

#include "arena.h"
#include "err.h"

enum { DOMAINPROOF_SIZE_MAX = 32 << 10, DOMAINPROOF_CHAIN_MAX = 8 };

struct authorities;

/* Authorities that are believed, from a file of certificates in PEM form.  -MS_E... (ERR_CERTIFICATE). */
int authorities_open(const char *file, struct arena *a, struct authorities **out, struct err *e);
void authorities_close(struct authorities *all);	/* NULL is fine */

/*
 * The text with its proof behind it, by two files in PEM form: the chain, and its private key, which nobody else may read.  -MS_E... (ERR_CERTIFICATE, ERR_KEY_FILE)
 * for what cannot be used, and for a key that is another certificate's.
 */
int domainproof_sign(struct bytes text, const char *certificates, const char *key, struct arena *a, struct bytes *out, struct err *e);

/* What stands before the proof, and the proof; that is empty where there is none. */
void domainproof_split(struct bytes all, struct bytes *text, struct bytes *proof);

/*
 * Does the proof show that who has the domain signed the text?  all: NULL believes nobody.  -MS_ESIGNATURE (ERR_CLAIM_DOMAIN) and why not.  The certificate has to name the domain itself, for
 * servers, and be valid now: one for "*.example.org" proves nothing of a domain below.  Whether one was revoked is not asked.
 */
int domainproof_check(const struct authorities *all, struct bytes text, struct bytes proof, const char *domain, struct err *e);

#endif
