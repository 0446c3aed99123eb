/* SPDX-License-Identifier: Apache-2.0 */
/* What services ask for, as grant, deny, revoke, update and explain name it. */
#ifndef INTEGRATE_REQUEST_H
#define INTEGRATE_REQUEST_H

#include "integrate.h"

/* One thing that a service asks for: `kind` as product.yaml has it, `of` the service that provides it here, or NULL. */
struct request { const char *kind, *name, *of; bool weak; };

enum { REQUEST_MAX = MANIFEST_CALL_MAX + 2 * MANIFEST_MAPPED_MAX };

/* All that this manifest asks for, in a product of these services; how many. */
uint32_t request_list(const struct plan *p, const struct manifest *m, struct arena *a, struct request out[REQUEST_MAX]);

bool request_has(const struct texts *names, const char *name);	/* NULL: no */

/* Is it granted, by its name or by its provider's?  By which of both, or NULL. */
const char *request_granted(const struct product_service *s, const struct request *r);

/* "call", "use the device", "borrow". */
const char *request_verb(const struct request *r);

/* Nothing of this name is asked for: -MS_EINCOMPATIBLE with the nearest. */
int request_refuse(const char *service, const char *name, const struct request *all, uint32_t count, struct err *e);

#endif
