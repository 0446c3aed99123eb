/* SPDX-License-Identifier: Apache-2.0 */
/* What a product has to say beyond what a device needs: for whoever is to trust it. */
#ifndef PRODUCT_CHECK_H
#define PRODUCT_CHECK_H

#include "product.h"

/* A value that differs from what a service gets unasked (product.yaml, left out). */
struct product_change { const char *field; uint32_t standard, given; bool raised; const char *standard_text, *given_text; };

enum { PRODUCT_CHANGE_MAX = 6 };

/* All of a service; how many. */
uint32_t product_changes(const struct product_service *s, struct arena *a, struct product_change out[PRODUCT_CHANGE_MAX]);

/* A product needs a service: -MS_EINCOMPATIBLE. */
int product_check_services(const struct product *p, struct err *e);

/* A product is made of packages: -MS_EPROJECT.  Raising needs a reason: -MS_ESIGNATURE at the key of the first that has none. */
int product_check(const struct product *p, struct arena *a, struct err *e);

#endif
