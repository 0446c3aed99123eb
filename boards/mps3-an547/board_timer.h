/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clock and alarm by the SSE-300's system counter and one of its timers (Corstone SSE-300 Technical Reference Manual,
 * system timestamp counter and timer); for cmsdk.c.  The counter advances by a fraction each
 * cycle of the main clock, so that a tick is a whole number of nanoseconds.
 */
#ifndef BOARD_TIMER_H
#define BOARD_TIMER_H

#include <stdint.h>

#include "board_facts.h"

#define TIMER(base, offset)	(*(volatile uint32_t *)((base) + (offset)))

enum {
	COUNTER_CONTROL = 0x0, COUNTER_LOW = 0x8, COUNTER_SCALE = 0xd0,		/* scale: 8.24 bits fixed point */
	COUNTER_ENABLE = 1, COUNTER_SCALED = 4, COUNTER_SCALE_BITS = 24,
	ALARM_AHEAD = 0x28, ALARM_CONTROL = 0x2c, ALARM_ENABLE = 1,
};

static inline void timer_init(void)
{
	TIMER(BOARD_CLOCK_BASE, COUNTER_CONTROL) = 0;
	TIMER(BOARD_CLOCK_BASE, COUNTER_SCALE) = (uint32_t)(((uint64_t)BOARD_CLOCK_HZ << COUNTER_SCALE_BITS) / BOARD_CPU_HZ);
	TIMER(BOARD_CLOCK_BASE, COUNTER_CONTROL) = COUNTER_ENABLE | COUNTER_SCALED;
}

static inline uint32_t timer_ticks(void)
{
	return TIMER(BOARD_CLOCK_BASE, COUNTER_LOW);
}

static inline void timer_stop_alarm(void)
{
	TIMER(BOARD_ALARM_BASE, ALARM_CONTROL) = 0;
}

/* Signed: one that lies behind goes off at once. */
static inline void timer_set_alarm(uint32_t tick)
{
	TIMER(BOARD_ALARM_BASE, ALARM_AHEAD) = tick - timer_ticks();
	TIMER(BOARD_ALARM_BASE, ALARM_CONTROL) = ALARM_ENABLE;
}

#endif
