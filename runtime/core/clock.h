/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time: nanoseconds since boot, and timers.
 *
 * The board's 32-bit counter is extended here.  There is no tick: the one
 * alarm is set for the earliest timer, or for a good while before the counter
 * could wrap unseen.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct timer {
	struct link link;
	uint64_t when;			/* nanoseconds since boot */
	void (*fire)(struct timer *t);	/* called once, with the timer stopped */
};

struct clock_stamp { uint32_t sec, nsec; };

void clock_init(void);
uint64_t clock_now(void);

/* The same instant as seconds and nanoseconds, for people. */
struct clock_stamp clock_stamp(void);

void timer_init(struct timer *t, void (*fire)(struct timer *t));

/* Start, or start again; a time that has passed fires as soon as core is left. */
void timer_start(struct timer *t, uint64_t when);
void timer_stop(struct timer *t);
bool timer_running(const struct timer *t);

/* When the first timer will fire; UINT64_MAX when none runs. */
uint64_t clock_next(void);

/* Fire what is due and set the board's alarm for the next, if a timer was started since.  Called at the end of each entry into core. */
extern bool clock_changed;		/* the first timer may be another than the alarm was set for */
void clock_settle(void);
static inline void clock_run(void)
{
	if (__builtin_expect(clock_changed, false))
		clock_settle();
}

/* The alarm has gone off, or may have. */
void clock_alarm(void);

#endif
