/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking for an order of threads in which a test fails, and for the shortest
 * list of choices that still makes it fail.
 *
 *	mix		pct and random in turns, with and without time that passes: what is done if nothing is said
 *	random		one after the other, from seeds
 *	pct[:DEPTH]	likewise (schedule.h); a depth of 2 to 16, or 2 to 4 in turns
 *	dfs[:BOUND]	all orders with one choice more than a device makes by itself, then all with two, up to BOUND (2)
 */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "schedule.h"
#include "testframe.h"

/* Run the test once by *s; what comes of it. */
typedef enum test_verdict search_try(struct schedule *s, void *context);

/*
 * Run a test as the environment asks (testframe.h): by the device's own order, and if it passes
 * by others until one does not; that is then made short and run a last time.  Returns the last run's verdict.
 * `how` gets the options of `ms test` that do the same again, or "" when it was the device's order.
 */
enum test_verdict search_schedules(search_try *try, void *context, char *how, size_t size);

/* For a test that nobody watches over: from now on the one order that the environment names, if it names one. */
void search_begin_named(void);

#endif
