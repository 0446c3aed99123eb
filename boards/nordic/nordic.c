/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boards with an nRF51 or nRF52840: clock and alarm by TIMER0, console by UART0 without DMA, random bytes by RNG (nRF51 Series
 * Reference Manual, 18, 29, 20; nRF52840 Product Specification, 6.30, 6.33, 6.19), which lie in both at the same place.
 */
#include "board.h"

#include <ms/abi/abi.h>

#include "board_facts.h"
#include "own_lines.h"
#include "port.h"

#define REG32(address)		(*(volatile uint32_t *)(address))

#define TIMER_START		REG32(BOARD_CLOCK_BASE + 0x000)
#define TIMER_CAPTURE_0		REG32(BOARD_CLOCK_BASE + 0x040)
#define TIMER_REACHED_1		REG32(BOARD_CLOCK_BASE + 0x144)
#define TIMER_INTERRUPT_SET	REG32(BOARD_CLOCK_BASE + 0x304)
#define TIMER_INTERRUPT_CLEAR	REG32(BOARD_CLOCK_BASE + 0x308)
#define TIMER_BITS		REG32(BOARD_CLOCK_BASE + 0x508)
#define TIMER_PRESCALER		REG32(BOARD_CLOCK_BASE + 0x510)
#define TIMER_COMPARE_0		REG32(BOARD_CLOCK_BASE + 0x540)
#define TIMER_COMPARE_1		REG32(BOARD_CLOCK_BASE + 0x544)

#define UART_START_TX		REG32(BOARD_CONSOLE_BASE + 0x008)
#define UART_TX_READY		REG32(BOARD_CONSOLE_BASE + 0x11c)
#define UART_INTERRUPT_SET	REG32(BOARD_CONSOLE_BASE + 0x304)
#define UART_ENABLE		REG32(BOARD_CONSOLE_BASE + 0x500)
#define UART_TX			REG32(BOARD_CONSOLE_BASE + 0x51c)
#define UART_BAUD		REG32(BOARD_CONSOLE_BASE + 0x524)

#define RNG_START		REG32(BOARD_ENTROPY_BASE + 0x000)
#define RNG_READY		REG32(BOARD_ENTROPY_BASE + 0x100)
#define RNG_VALUE		REG32(BOARD_ENTROPY_BASE + 0x508)

#define CLOCK_CRYSTAL_START	REG32(0x40000000)
#define CLOCK_CRYSTAL_STARTED	REG32(0x40000100)
#define SCB_AIRCR		REG32(0xE000ED0C)

enum {
	TRIES = 100000,			/* how often a register is read before its device counts as not becoming ready */
	TIMER_32_BITS = 3, TIMER_BY_16 = 4, TIMER_INTERRUPT_1 = 1 << 17,
	UART_ON = 4, UART_TX_INTERRUPT = 1 << 7,
};

/* What the manual says for 115,200 baud. */
#define UART_BAUD_115200 UINT32_C(0x01d7e000)
_Static_assert(BOARD_CONSOLE_BAUD == 115200, "the one speed this file knows");

const uint32_t board_watchdog_msec = 0;		/* once started it cannot be stopped, and QEMU has none */
static bool sending;

void board_watchdog_feed(void)
{
}

static bool becomes_set(volatile uint32_t *event)
{
	for (uint32_t tries = TRIES; tries; tries--)
		if (*event)
			return true;
	return false;
}

void board_init(void)
{
	CLOCK_CRYSTAL_START = 1;
	becomes_set(&CLOCK_CRYSTAL_STARTED);	/* else time goes by the less exact oscillator */
	board_console_start();
	UART_BAUD = UART_BAUD_115200;
	UART_ENABLE = UART_ON;
	UART_INTERRUPT_SET = UART_TX_INTERRUPT;
	UART_START_TX = 1;
	TIMER_BITS = TIMER_32_BITS;
	TIMER_PRESCALER = TIMER_BY_16;
	TIMER_START = 1;
	port_line_open(BOARD_ALARM_IRQ);
	port_line_open(BOARD_CONSOLE_TX_IRQ);
}

uint32_t board_ticks(void)
{
	TIMER_CAPTURE_0 = 1;
	return TIMER_COMPARE_0;
}

/* The timer compares for equality: an instant that is over, or may be before it is compared, is put off by two ticks. */
void board_alarm(uint32_t tick)
{
	TIMER_REACHED_1 = 0;
	TIMER_COMPARE_1 = tick;
	TIMER_INTERRUPT_SET = TIMER_INTERRUPT_1;
	while (!TIMER_REACHED_1 && (int32_t)(tick - board_ticks()) <= 1)
		TIMER_COMPARE_1 = tick = board_ticks() + 2;
}

static void quiet_alarm(void)
{
	TIMER_INTERRUPT_CLEAR = TIMER_INTERRUPT_1;
	TIMER_REACHED_1 = 0;
}

static void quiet_console(void)
{
	UART_TX_READY = 0;
	sending = false;
}

size_t board_console_write(const char *text, size_t size)
{
	if (board_console_given)
		return size;
	if (size == 0 || sending)
		return 0;
	sending = true;
	UART_TX = (uint8_t)*text;
	return 1;
}

int board_random(uint8_t *to, size_t size)
{
	RNG_START = 1;
	for (; size; size--) {
		RNG_READY = 0;
		if (!becomes_set(&RNG_READY))
			return -MS_ENODEV;
		*to++ = (uint8_t)RNG_VALUE;
	}
	return MS_OK;
}

_Noreturn void board_reset(void)
{
	SCB_AIRCR = 0x05FA0004;
	for (;;)
		;
}
