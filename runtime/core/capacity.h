/* SPDX-License-Identifier: Apache-2.0 */
/* How many of each thing a device can hold: the size of every static table. */
#ifndef CAPACITY_H
#define CAPACITY_H

enum {
	SERVICE_MAX = 16,
	THREAD_MAX = 32,		/* of all services together */
	LOG_SIZE = 2048,		/* bytes of console output that wait for the wire; a power of two */
	LOG_LINE_PER_SECOND = 200,	/* a service's share of the log, and */
	LOG_LINE_BURST = 100,		/* how many lines it may be ahead of it */
	FAULT_RECORD_MAX = 8,
	RESTART_DOUBLINGS = 6,		/* the back-off grows to 64 times the first */
	RESTART_GOOD_SEC = 10,		/* running so long forgives earlier failures */
};

#endif
