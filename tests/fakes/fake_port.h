/* SPDX-License-Identifier: Apache-2.0 */
/* The fake processor and board: time is moved by the test, the console is a text, memory is the test's. */
#ifndef FAKE_PORT_H
#define FAKE_PORT_H

#include <setjmp.h>

#include "board.h"
#include "port.h"

struct fake {
	uint32_t ticks, alarm;		/* the counter, and where the alarm is set */
	bool alarm_set;
	char console[1 << 16];
	size_t console_used, console_room;	/* room: how many more bytes it takes now */
	struct bytes partition[3];
	struct board_window flash, ram;
	jmp_buf *reset;			/* where board_reset and port_halt go; without it they abort */
	unsigned resets, halts, feeds;
	uint64_t open, pending;		/* a bit for each interrupt line */
	unsigned started[3];		/* how often each device was */
	bool broken;			/* no device becomes ready */
};

extern struct fake fake;

/* What happens each time the watchdog is fed, with how often it was; NULL: nothing.  fake_reset leaves it. */
extern void (*fake_fed)(unsigned feeds);

/* As after power-up: the counter stands at `ticks`, the console takes all. */
void fake_reset(uint32_t ticks);

/* Let time pass, calling core_alarm each time the alarm is due, as the hardware would. */
void fake_pass(uint64_t nsec);

/* Leave core as a port does: when a test itself has made a thread current.  What is below does so at its end. */
void fake_leave(void);

/* Make a call as the running thread; its context has the result. */
struct thread *fake_call(uint32_t number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, uintptr_t f);

/* An edge on an interrupt line: core hears of it at once, or when the line is opened. */
void fake_line(uint32_t line);
void fake_interrupt(void);

#endif
