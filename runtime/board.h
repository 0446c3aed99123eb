/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What core asks of a board.  Facts (where memory, partitions, console and
 * clock are) come from the board's device tree through the generated
 * "board_facts.h"; these are the few things it must do.  All are called with
 * nothing able to interrupt.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

/* Its name, as its folder's, and its best target (enum ms_target): target_runs says which others run on it. */
extern const char board_name[];
extern const uint8_t board_target;

/* Start clocks, console and timer.  Called once, first. */
void board_init(void);

/*
 * A free-running counter that goes up every `board_tick_nsec` nanoseconds (a
 * whole number: a board whose clock gives none divides it down) and wraps at
 * 2^32.  Once the counter has reached `tick`, at once if it has passed already
 * (up to half a turn ago), core_alarm is called; setting it again replaces it.
 */
extern const uint32_t board_tick_nsec;
uint32_t board_ticks(void);
void board_alarm(uint32_t tick);

/* An interrupt line of the processor is active: handle it, by core_alarm, core_console_ready or, when it is none of the board's own, core_line.  Called by the port. */
void board_interrupt(uint32_t line);

/*
 * The devices that a product may grant: those that the device tree's /aliases
 * names, in that order; a rule's device number is an index into this table.  Made from the
 * device tree (boards/devices.c).  A kernel's own device (clock, alarm, the console while
 * it is the log's) is none of them.
 */
struct board_device {
	uintptr_t base;
	uint32_t size;			/* legal for the protection */
	uint16_t line, line_count;	/* interrupt lines, one after the other */
	uint16_t step, step_count;	/* its steps in board_steps[]: clocks, resets, pins */
};
extern const struct board_device board_devices[];
extern const uint32_t board_device_count;

/* For each interrupt line of the processor: 1 + the index of the device whose it is, or 0. */
extern const uint8_t board_line_device[];

/*
 * Make a device ready for its owner: clock on, out of reset, pins.  Each wait is bounded.
 * -MS_EIO when the hardware does not become ready.  Called once, before the owner's first map.
 */
int board_device_start(const struct board_device *d);

/* The same for the console, whether a product may grant it or not: for a board.c whose tree has its clocks and pins, in board_init. */
void board_console_start(void);

/* Take up to `size` bytes for the console without waiting; how many were taken.  If fewer, core_console_ready is called when there is room again. */
size_t board_console_write(const char *text, size_t size);
void core_console_ready(void);

/*
 * Does a service own the console?  It does from its first map on, if the product grants it: then the log goes nowhere (board_console_write takes all), and the
 * console's interrupts are the owner's (core_line).  Set by boards/devices.c, for each board.c.
 */
extern bool board_console_given;

/* Fill with true random bytes; -MS_ENODEV on a board without such a source. */
int board_random(uint8_t *to, size_t size);

/* Start again from the reset vector. */
_Noreturn void board_reset(void);

/* The watchdog resets the device unless it is fed within the time (0: the board has none). */
extern const uint32_t board_watchdog_msec;
void board_watchdog_feed(void);

/* Readable memory of a partition.  The bytes may change only by our own writes. */
enum board_partition { BOARD_PROVISION, BOARD_TABLE_A, BOARD_TABLE_B };
struct bytes board_partition(enum board_partition which);

/* Where services may lie. */
struct board_window { uintptr_t base; uint32_t size; };
struct board_window board_flash_window(void);
struct board_window board_ram_window(void);

#endif
