/* SPDX-License-Identifier: Apache-2.0 */
/* Timers, and the thread that keeps them: it is made with the first, at the highest priority that the service may have. */
#ifndef TIMERS_H
#define TIMERS_H

#include "signals.h"

struct timer {
	struct timer *next;
	timer_t id;
	clockid_t clock;
	bool armed;
	uint64_t until, interval;	/* nanoseconds of its clock */
	struct sigevent event;
	struct signal signal;
};

extern struct timer *timers;		/* of who has the lock */

/* Without the lock: 0, or not 0: there is no memory or no thread for it. */
int timer_keeper_start(struct thread *self);

/* With the lock: a timer was set, or a clock. */
void timer_keeper_look(void);

#endif
