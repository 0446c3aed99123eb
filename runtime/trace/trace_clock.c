/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c on a board's counter that stands still while the ring is being read, even where the emulator lets it jump on meanwhile. */
#define board_ticks traced_ticks
#define board_alarm traced_alarm
#include "clock.c"
#undef board_ticks
#undef board_alarm

#include "trace_note.h"

uint32_t board_ticks(void);
void board_alarm(uint32_t tick);

enum { MOMENT_NSEC = 10000 };

static uint32_t hidden;			/* ticks that passed so */

uint32_t traced_ticks(void)
{
	return board_ticks() - hidden;
}

/* One that was set before the counter jumped goes off early, and is set again then. */
void traced_alarm(uint32_t tick)
{
	board_alarm(tick + hidden);
}

/*
 * An emulator that lets sleep take no time jumps to what its next timer waits for while the processor stands still: let that
 * be the alarm, in a moment, and not the watchdog.  It is set again as it goes off.
 */
void trace_stand(void (*place)(void))
{
	uint32_t before = board_ticks();

	board_watchdog_feed();
	board_alarm(before + MOMENT_NSEC / board_tick_nsec);
	place();
	hidden += board_ticks() - before;
}
