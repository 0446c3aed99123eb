/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service has mapped besides its image and RAM: devices and blocks of
 * shared memory, at most MAPPING_MAX at once, each named by its rule.
 */
#ifndef MAPPING_H
#define MAPPING_H

#include "service.h"

/* The rule of this class that carries the service's own name for the thing (docs/formats.md 5.4), or NULL. */
const struct table_rule *mapping_rule(const struct service *s, enum table_class class, uintptr_t local);

/* Open what a rule of the service grants; again, when it is open.  -MS_ENOMEM when all places are taken. */
int mapping_open(struct service *s, const struct table_rule *r, const struct port_region *region);

/* Close it; false when it was not open. */
bool mapping_close(struct service *s, const struct table_rule *r);

/* The service has ended: nothing is open any more. */
void mapping_end(struct service *s);

/* Do the bytes lie in one block of shared memory that is open to the service now, for writing too? */
bool mapping_covers(const struct service *s, uintptr_t at, size_t size, bool write);

#endif
