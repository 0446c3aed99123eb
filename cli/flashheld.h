/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a board holds, beside what is to replace it: told before anything is erased.  The table that was read from the board
 * is believed in nothing but that: its signature is the runtime's to check.
 */
#ifndef FLASHHELD_H
#define FLASHHELD_H

#include "board.h"
#include "table.h"

struct flash_held { struct table now, next; bool has_now, has_next; };

/* The table that counts of two banks, the valid one with the higher sequence; false: none. */
bool flashheld_table(struct bytes bank_a, struct bytes bank_b, const struct board *b, struct table *out);

/* Tell it, with an event "replacement" for each service that changes.  -MS_EINCOMPATIBLE when something would become older than it is, unless `downgrade`. */
int flashheld_tell(const struct flash_held *h, bool downgrade, struct arena *a, struct err *e);

#endif
