/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Things of a ledger that are found by whom they are of and by their name: services of a publisher, versions of a service.  Only pointers to them
 * are kept, so that a million cost little; each begins with the pointer to whom it is of.
 */
#ifndef LEDGER_MAP_H
#define LEDGER_MAP_H

#include "arena.h"

struct ledger_map { struct arena arena; void **slots; size_t room, count; };	/* starts zeroed */
typedef const char *ledger_map_name(const void *item);	/* the name in it, the same for ever */

/* NULL where there is none. */
void *ledger_map_find(const struct ledger_map *m, ledger_map_name *name_of, const void *of, struct bytes name);

/* One that is not there yet; borrowed. */
void ledger_map_add(struct ledger_map *m, ledger_map_name *name_of, void *item);

void ledger_map_done(struct ledger_map *m);

#endif
