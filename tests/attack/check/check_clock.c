/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c, and what holds of timers: those that run are in one list, in order. */
#include "clock.c"

#include "capacity.h"
#include "check.h"

const char *check_timers(void)
{
	uint64_t last = 0;

	if (list_count(&time.timers, THREAD_MAX + SERVICE_MAX + 8) < 0)
		return "the list of timers is broken";
	for (const struct link *at = time.timers.next; at != &time.timers; at = at->next) {
		const struct timer *t = LIST_OF(const struct timer, link, at);

		if (t->when < last)
			return "timers are out of order";
		if (!t->fire)
			return "a timer runs that does nothing";
		last = t->when;
	}
	return NULL;
}
