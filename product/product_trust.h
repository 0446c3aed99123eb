/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a product believes: trust/ in its folder has a file for each developer's key, with the one vendor whose services it may sign.  It
 * goes wherever the product goes, so that everybody believes the same.
 */
#ifndef PRODUCT_TRUST_H
#define PRODUCT_TRUST_H

#include "product.h"
#include "trust.h"

/*
 * May this key come to sign for this vendor in this product?  -MS_ESIGNATURE, each by name: the key was revoked, for the product or for this person; it is another vendor's already, or
 * no developer's; the vendor has another key and nobody said that this one is its, too (`said`); the vendor's name looks like that of another one that is trusted, or
 * like the product's own, and nobody wrote it in full (`meant`).  *known: it is trusted already.
 */
int product_trust_check(const struct product *p, const struct key_public *k, const char *vendor, bool said, bool meant, bool *known, struct arena *a, struct err *e);

/* Trust it from now on.  *path is the file that says so. */
int product_trust_add(const struct product *p, const struct key_public *k, const char *vendor, const char *label, const char **path, struct arena *a, struct err *e);

#endif
