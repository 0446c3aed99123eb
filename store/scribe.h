/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one thread that changes a store.  It takes all orders that wait, checks them one after the other, writes log and database
 * once for all of them, and answers then: nobody hears of a success before it is durable.  When nobody waits it sweeps what is not needed any more (sweep.h),
 * a part at a time.
 */
#ifndef SCRIBE_H
#define SCRIBE_H

#include "order.h"

struct scribe;

/* Start it; the store's database is its own from now on. */
int scribe_start(struct store *s, struct arena *a, struct scribe **out, struct err *e);

/* Hand over an order; o->done is called, in the writer's thread, when status and the rest say what came of it. */
void scribe_add(struct scribe *w, struct order *o);

/* Carry out what waits, and end. */
void scribe_stop(struct scribe *w);

/* Is all well: no trouble with disk or database when last written? */
bool scribe_is_well(struct scribe *w);

/* Groups and orders that were written. */
void scribe_counts(struct scribe *w, uint64_t *groups, uint64_t *orders);

#endif
