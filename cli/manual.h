/* SPDX-License-Identifier: Apache-2.0 */
/* Manual pages, mdoc(7), made from the same rows as everything else. */
#ifndef MANUAL_H
#define MANUAL_H

#include "verbs.h"

/* "ms-build", "ms-product-add". */
char *manual_name(const struct verb *v, struct arena *a);

/* ms(1), when `v` is NULL, or ms-VERB(1), or ms-VERB-COMMAND(1). */
char *manual_page(const struct verb *v, struct arena *a);

/* Write all of them into a folder: ms.1, ms-build.1, ms-product-add.1, ... */
int manual_write(const char *folder, struct arena *a, struct err *e);

#endif
