/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two releases of a product: their evidence held against each other, and their bills of materials. */
#ifndef RELEASEDIFF_H
#define RELEASEDIFF_H

#include <jansson.h>

#include "arena.h"

enum release_mark { GAINED, LOST, CHANGED, MARK_COUNT };

/* service NULL: of the whole product; from, to NULL: there was or is nothing. */
struct release_change { const char *service, *what, *from, *to; };

struct release_diff {
	json_t *old, *new;		/* evidence; borrowed by the changes */
	json_t *old_bill, *new_bill;	/* CycloneDX; NULL: not there, and not compared */
	struct list changes[MARK_COUNT];	/* struct release_change * */
	struct arena *arena;
};

/* Fill the changes: first what somebody may do, or has, that was not there before. */
void release_compare(struct release_diff *c);

#endif
