/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boards that are made of Arm's Cortex-M System Design Kit, such as MPS2: a CMSDK UART and,
 * where the device tree names one, a CMSDK watchdog (Cortex-M System Design Kit Technical Reference Manual, 3.3, 3.5).  Where they
 * are and how fast says each board's device tree; what timers there are its board_timer.h.
 */
#include "board.h"

#include <ms/abi/abi.h>

#include "board_facts.h"
#include "board_timer.h"
#include "own_lines.h"
#include "port.h"

#define REG32(address) (*(volatile uint32_t *)(address))

#define UART_DATA		REG32(BOARD_CONSOLE_BASE + 0x0)
#define UART_STATE		REG32(BOARD_CONSOLE_BASE + 0x4)
#define UART_CTRL		REG32(BOARD_CONSOLE_BASE + 0x8)
#define UART_INTCLEAR		REG32(BOARD_CONSOLE_BASE + 0xc)
#define UART_BAUDDIV		REG32(BOARD_CONSOLE_BASE + 0x10)
#define WATCHDOG_LOAD		REG32(BOARD_WATCHDOG_BASE + 0x0)
#define WATCHDOG_CTRL		REG32(BOARD_WATCHDOG_BASE + 0x8)
#define WATCHDOG_INTCLEAR	REG32(BOARD_WATCHDOG_BASE + 0xc)
#define SCB_AIRCR		REG32(0xE000ED0C)

enum {
	UART_TX_FULL = 1, UART_TX_ENABLE = 1, UART_TX_INTERRUPT = 4, UART_TX_CLEAR = 1,
	WATCHDOG_INTERRUPT = 1, WATCHDOG_RESET = 2,
};

void board_init(void)
{
	UART_BAUDDIV = BOARD_CONSOLE_HZ / BOARD_CONSOLE_BAUD;
	UART_CTRL = UART_TX_ENABLE | UART_TX_INTERRUPT;
	timer_init();
	port_line_open(BOARD_ALARM_IRQ);
	port_line_open(BOARD_CONSOLE_TX_IRQ);
}

uint32_t board_ticks(void)
{
	return timer_ticks();
}

void board_alarm(uint32_t tick)
{
	timer_set_alarm(tick);
}

static void quiet_alarm(void)
{
	timer_stop_alarm();
}

static void quiet_console(void)
{
	UART_INTCLEAR = UART_TX_CLEAR;
}

size_t board_console_write(const char *text, size_t size)
{
	size_t taken = 0;

	if (board_console_given)
		return size;
	while (taken < size && !(UART_STATE & UART_TX_FULL))
		UART_DATA = (uint8_t)text[taken++];
	return taken;
}

/* None of these boards has a source of entropy. */
int board_random(uint8_t *to, size_t size)
{
	(void)to;
	(void)size;
	return -MS_ENODEV;
}

#ifdef BOARD_WATCHDOG_BASE
const uint32_t board_watchdog_msec = 1000 * BOARD_WATCHDOG_SEC;

/* It runs from the first time on.  At the end of the time it enters the NMI, and after as long again it resets by itself. */
void board_watchdog_feed(void)
{
	WATCHDOG_LOAD = BOARD_WATCHDOG_HZ * BOARD_WATCHDOG_SEC;
	WATCHDOG_INTCLEAR = 1;
	WATCHDOG_CTRL = WATCHDOG_INTERRUPT | WATCHDOG_RESET;
}
#else
const uint32_t board_watchdog_msec = 0;

void board_watchdog_feed(void)
{
}
#endif

_Noreturn void board_reset(void)
{
	SCB_AIRCR = 0x05FA0004;
	for (;;)
		;
}
