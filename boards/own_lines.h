/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which interrupt is whose, on boards whose alarm has a line of its own: alarm and console are the kernel's (the console until a service was given it), all
 * others are the services'.  A board's source includes it once, and says how its own two are made quiet.
 */
#ifndef OWN_LINES_H
#define OWN_LINES_H

#include "board.h"
#include "board_facts.h"
#include "port.h"

static void quiet_alarm(void);
static void quiet_console(void);

void board_interrupt(uint32_t line)
{
	switch (line) {
	case BOARD_ALARM_IRQ:
		quiet_alarm();
		core_alarm();
		break;
	case BOARD_CONSOLE_TX_IRQ:
		if (!board_console_given) {
			quiet_console();
			core_console_ready();
			break;
		}
		/* fall through */
	default:
		core_line(line);
	}
}

#endif
