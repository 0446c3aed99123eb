/* SPDX-License-Identifier: Apache-2.0 */
/* Timers, and the thread that keeps them: it is made with the first, at the highest priority that the service may have. */
#ifndef TIMERS_H
#define TIMERS_H

#include "signals.h"

struct timer {
	struct timer *next;
	timer_t id;
	clockid_t clock;		/* as it was created */
	clockid_t counts;		/* what `until` is of: CLOCK_MONOTONIC, too, when it was set relative: setting the time of day does not move it */
	bool armed;
	uint64_t until, interval;	/* nanoseconds */
	struct sigevent event;
	struct signal signal;
};

extern struct timer *timers;		/* of who has the lock */

/* Without the lock: 0, or not 0: there is no memory or no thread for it. */
int timer_keeper_start(struct thread *self);

/* With the lock: a timer was set, or a clock. */
void timer_keeper_look(void);

#endif
