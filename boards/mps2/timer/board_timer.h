/* SPDX-License-Identifier: Apache-2.0 */
/* Clock and alarm by two CMSDK timers, which count down (Cortex-M System Design Kit Technical Reference Manual, 3.2); for cmsdk.c. */
#ifndef BOARD_TIMER_H
#define BOARD_TIMER_H

#include <stdint.h>

#include "board_facts.h"

#define TIMER(base, offset)	(*(volatile uint32_t *)((base) + (offset)))

enum { TIMER_CTRL = 0x0, TIMER_VALUE = 0x4, TIMER_RELOAD = 0x8, TIMER_INTCLEAR = 0xc, TIMER_ENABLE = 1, TIMER_INTERRUPT = 8 };

static inline void timer_init(void)
{
	TIMER(BOARD_CLOCK_BASE, TIMER_RELOAD) = UINT32_MAX;
	TIMER(BOARD_CLOCK_BASE, TIMER_VALUE) = UINT32_MAX;
	TIMER(BOARD_CLOCK_BASE, TIMER_CTRL) = TIMER_ENABLE;
}

static inline uint32_t timer_ticks(void)
{
	return ~TIMER(BOARD_CLOCK_BASE, TIMER_VALUE);
}

static inline void timer_stop_alarm(void)
{
	TIMER(BOARD_ALARM_BASE, TIMER_CTRL) = 0;
	TIMER(BOARD_ALARM_BASE, TIMER_INTCLEAR) = 1;
}

static inline void timer_set_alarm(uint32_t tick)
{
	uint32_t ahead = tick - timer_ticks();

	timer_stop_alarm();
	if (ahead == 0 || ahead > INT32_MAX)
		ahead = 1;
	TIMER(BOARD_ALARM_BASE, TIMER_RELOAD) = 0;
	TIMER(BOARD_ALARM_BASE, TIMER_VALUE) = ahead;
	TIMER(BOARD_ALARM_BASE, TIMER_CTRL) = TIMER_ENABLE | TIMER_INTERRUPT;
}

#endif
