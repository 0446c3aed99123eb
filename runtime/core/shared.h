/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared memory: blocks outside any service's RAM.  A block's owner may
 * always open it; one other service, which the product names, while the owner lends it.
 *
 * Where a block lies and who may have it stands in rules, in flash; whoever adds services has
 * checked that they agree with each other (format/rules.h).  All the kernel keeps is what is lent.
 */
#ifndef SHARED_H
#define SHARED_H

#include "service.h"

void shared_init(void);

/* Is it the rule of a block's owner? */
bool shared_owned(const struct table_rule *r);

/* Where the block of a rule lies, and what the rule's service may do there now; false when that is nothing. */
bool shared_region(const struct table_rule *r, struct port_region *out);

/* Lend a block, by its owner's rule: to read, or to write too.  -MS_EPERM, -MS_EBUSY. */
int shared_lend(const struct table_rule *owner, bool write);

/* It is the owner's alone again, now. */
void shared_revoke(const struct table_rule *owner);

/* A service has ended: what it lent, and what was lent to it, is its owner's alone. */
void shared_end(const struct service *s);

#endif
