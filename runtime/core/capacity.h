/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many of each thing a device can hold: the size of every static table.
 * What costs RAM is the board's to say (/ms,capacity in its device tree, from
 * which "board_capacity.h" is made); the rest is the same everywhere.
 */
#ifndef CAPACITY_H
#define CAPACITY_H

#include "board_capacity.h"

enum {
	SERVICE_MAX = BOARD_SERVICE_MAX,
	THREAD_MAX = BOARD_THREAD_MAX,			/* of all services together */
	ENDPOINT_MAX = BOARD_ENDPOINT_MAX,		/* of all services together */
	MESSAGE_MAX = BOARD_MESSAGE_MAX,		/* connections, and calls under way without one, of all services together */
	LOG_SIZE = BOARD_LOG_SIZE,			/* bytes of console output that wait for the wire; a power of two */
	EVENT_MAX = BOARD_FAULT_RECORD_MAX,		/* events that survive a reset */
	DEVICE_MAX = BOARD_DEVICE_MAX,			/* that a product may grant: as many as the board has, 1 at least */

	LOG_LINE_PER_SECOND = 200,	/* a service's share of the log, and */
	LOG_LINE_BURST = 100,		/* how many lines it may be ahead of it */
	EVENT_RESETS = 8,		/* resets in a row after which nothing is started */
	RESTART_DOUBLINGS = 6,		/* the back-off grows to 64 times the first */
	RESTART_GOOD_SEC = 10,		/* running so long forgives earlier failures */
};

#endif
