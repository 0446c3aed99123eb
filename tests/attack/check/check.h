/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of core each time it is left: for the check build of the runtime, which is never anything but tested.
 * Each file here is one of core's with a function more, and takes its place in the program.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "list.h"

struct service;
struct thread;
struct timer;

/* A sentence about what does not hold, or NULL. */
const char *check_threads(void);
const char *check_services(void);
const char *check_timers(void);
const char *check_messages(void);
const char *check_mappings(const struct service *s);

/* A service's place in the table, which is below SERVICE_MAX; and is it said to have so many messages of its share? */
unsigned service_number(const struct service *s);
bool has_messages(unsigned number, int count);

/* Is this one of the table's? */
bool is_service(const struct service *s);

/* How many are in a list, or -1 when it is none: a link that is not answered, or no end within `most`. */
static inline int list_count(const struct link *l, int most)
{
	int n = 0;

	for (const struct link *at = l;; at = at->next) {
		if (!at->next || at->next->prev != at || n > most)
			return -1;
		if (at->next == l)
			return n;
		n++;
	}
}

#endif
