/* SPDX-License-Identifier: Apache-2.0 */
/* A map from byte strings to pointers that only grows; in an arena.  Starts zeroed. */
#ifndef BYTEMAP_H
#define BYTEMAP_H

#include "arena.h"

struct bytemap_slot { struct bytes key; void *value; };
struct bytemap { struct bytemap_slot *slots; size_t room, count; };

/* The place of a key's value, made if `a` is given (then its value is NULL at first; the key is borrowed); else NULL if there is none. */
void **bytemap_at(struct bytemap *m, struct bytes key, struct arena *a);

#endif
