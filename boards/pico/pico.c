/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raspberry Pi Pico: an RP2040 (RP2040 Datasheet; the chapter stands behind each block).  The processor runs from the PLL, the timer
 * counts microseconds of the crystal, which the watchdog's divider makes.  Waits for hardware are bounded.
 */
#include "board.h"

#include <ms/abi/abi.h>

#include "board_facts.h"
#include "own_lines.h"
#include "port.h"

#define REG32(address)	(*(volatile uint32_t *)(address))

/* Clocks: 2.15.7; crystal: 2.16.7; PLL: 2.18.4. */
#define CLK_REF_CTRL		REG32(0x40008030)
#define CLK_REF_SELECTED	REG32(0x40008038)
#define CLK_SYS_CTRL		REG32(0x4000803c)
#define CLK_SYS_SELECTED	REG32(0x40008044)
#define CLK_PERI_CTRL		REG32(0x40008048)
#define XOSC_CTRL		REG32(0x40024000)
#define XOSC_STATUS		REG32(0x40024004)
#define XOSC_STARTUP		REG32(0x4002400c)
#define PLL_CS			REG32(0x40028000)
#define PLL_PWR			REG32(0x40028004)
#define PLL_FBDIV		REG32(0x40028008)
#define PLL_PRIM		REG32(0x4002800c)
/* Resets: 2.14.3; what a reset reaches: 2.13.5; watchdog: 4.7.6. */
#define RESETS			REG32(0x4000c000)
#define RESETS_DONE		REG32(0x4000c008)
#define PSM_WATCHDOG_RESETS	REG32(0x40010008)
#define WATCHDOG_CTRL		REG32(0x40058000)
#define WATCHDOG_SCRATCH_4	REG32(0x4005801c)
#define WATCHDOG_TICK		REG32(0x4005802c)
/* Timer: 4.6.5; UART: 4.2.8. */
#define TIMER_ALARM_0		REG32(BOARD_CLOCK_BASE + 0x10)
#define TIMER_LOW		REG32(BOARD_CLOCK_BASE + 0x28)
#define TIMER_REACHED		REG32(BOARD_CLOCK_BASE + 0x34)
#define TIMER_INTERRUPTS	REG32(BOARD_CLOCK_BASE + 0x38)
#define UART_DATA		REG32(BOARD_CONSOLE_BASE + 0x00)
#define UART_STATE		REG32(BOARD_CONSOLE_BASE + 0x18)
#define UART_WHOLE		REG32(BOARD_CONSOLE_BASE + 0x24)
#define UART_FRACTION		REG32(BOARD_CONSOLE_BASE + 0x28)
#define UART_LINE		REG32(BOARD_CONSOLE_BASE + 0x2c)
#define UART_CTRL		REG32(BOARD_CONSOLE_BASE + 0x30)
#define UART_INTERRUPTS		REG32(BOARD_CONSOLE_BASE + 0x38)
#define UART_CLEAR		REG32(BOARD_CONSOLE_BASE + 0x44)

enum {
	TRIES = 100000,
	XOSC_1_TO_15_MHZ = 0xaa0, XOSC_ON = 0xfab << 12, XOSC_START_1_MSEC = BOARD_CRYSTAL_HZ / 1000 / 256 + 1,
	REF_FROM_XOSC = 2, REF_IS_XOSC = 1 << 2, SYS_FROM_PLL = 1, SYS_IS_REF = 1 << 0, SYS_IS_PLL = 1 << 1, PERI_ON = 1 << 11,
	PLL_POWER_DOWN = 1 << 0, PLL_DIVIDERS_DOWN = 1 << 3, PLL_VCO_DOWN = 1 << 5, PLL_DIVIDERS_6_2 = 6 << 16 | 2 << 12,
	RESET_IO = 1 << 5, RESET_PADS = 1 << 8, RESET_PLL = 1 << 12, RESET_TIMER = 1 << 21, RESET_UART = 1 << 22,
	PSM_ALL_BUT_OSCILLATORS = 0x1fffc,
	TICK_ON = 1 << 9,
	ALARM_0 = 1 << 0,
	UART_TX_FULL = 1 << 5, LINE_8_BITS_BUFFERED = 3 << 5 | 1 << 4, CTRL_ON = 1 << 9 | 1 << 8 | 1 << 0, UART_TX_INTERRUPT = 1 << 5,
};
#define READY		UINT32_C(0x80000000)	/* of the crystal and of the PLL */
#define WATCHDOG_NOW	UINT32_C(0x80000000)

/* 12 MHz, times 125, by 6 and by 2. */
_Static_assert(BOARD_CRYSTAL_HZ == 12000000 && BOARD_CPU_HZ == 125000000, "the PLL as it is set here");
enum { PLL_TIMES = 125 };

const uint32_t board_watchdog_msec = 0;		/* its time is halved by an erratum, and nobody has tried it */

void board_watchdog_feed(void)
{
}

static void wait_for(volatile uint32_t *reg, uint32_t bits)
{
	for (uint32_t tries = TRIES; tries && (*reg & bits) != bits; tries--)
		;
}

static void out_of_reset(uint32_t blocks)
{
	RESETS &= ~blocks;
	wait_for(&RESETS_DONE, blocks);
}

/* A reset of the processor alone leaves the clocks as they were: so the PLL is left before it is touched. */
static void start_clocks(void)
{
	XOSC_STARTUP = XOSC_START_1_MSEC;
	XOSC_CTRL = XOSC_ON | XOSC_1_TO_15_MHZ;
	wait_for(&XOSC_STATUS, READY);
	CLK_SYS_CTRL = 0;
	wait_for(&CLK_SYS_SELECTED, SYS_IS_REF);
	CLK_REF_CTRL = REF_FROM_XOSC;
	wait_for(&CLK_REF_SELECTED, REF_IS_XOSC);

	RESETS |= RESET_PLL;
	out_of_reset(RESET_PLL);
	PLL_CS = 1;
	PLL_FBDIV = PLL_TIMES;
	PLL_PWR &= ~(uint32_t)(PLL_POWER_DOWN | PLL_VCO_DOWN);
	wait_for(&PLL_CS, READY);
	PLL_PRIM = PLL_DIVIDERS_6_2;
	PLL_PWR &= ~(uint32_t)PLL_DIVIDERS_DOWN;
	CLK_SYS_CTRL = SYS_FROM_PLL;
	wait_for(&CLK_SYS_SELECTED, SYS_IS_PLL);
	CLK_PERI_CTRL = PERI_ON;
}

/* The divider is 16 bits and 6 of fraction; what is set counts when the line's format is written. */
static void start_console(void)
{
	const uint32_t by_64 = (BOARD_CONSOLE_HZ * 4 + BOARD_CONSOLE_BAUD / 2) / BOARD_CONSOLE_BAUD;

	board_console_start();
	UART_WHOLE = by_64 / 64;
	UART_FRACTION = by_64 % 64;
	UART_LINE = LINE_8_BITS_BUFFERED;
	UART_INTERRUPTS = UART_TX_INTERRUPT;
	UART_CTRL = CTRL_ON;
}

void board_init(void)
{
	start_clocks();
	WATCHDOG_TICK = TICK_ON | BOARD_CRYSTAL_HZ / BOARD_CLOCK_HZ;
	RESETS |= RESET_TIMER | RESET_UART;
	out_of_reset(RESET_IO | RESET_PADS | RESET_TIMER | RESET_UART);
	start_console();
	port_line_open(BOARD_ALARM_IRQ);
	port_line_open(BOARD_CONSOLE_TX_IRQ);
}

uint32_t board_ticks(void)
{
	return TIMER_LOW;
}

/* The timer compares for equality: an instant that is over, or may be before it is compared, is put off by two ticks. */
void board_alarm(uint32_t tick)
{
	TIMER_REACHED = ALARM_0;
	TIMER_INTERRUPTS = ALARM_0;
	TIMER_ALARM_0 = tick;
	while (!(TIMER_REACHED & ALARM_0) && (int32_t)(tick - board_ticks()) <= 1)
		TIMER_ALARM_0 = tick = board_ticks() + 2;
}

static void quiet_alarm(void)
{
	TIMER_INTERRUPTS = 0;
	TIMER_REACHED = ALARM_0;
}

static void quiet_console(void)
{
	UART_CLEAR = UART_TX_INTERRUPT;
}

/* The interrupt comes when the buffer, once full, is half empty. */
size_t board_console_write(const char *text, size_t size)
{
	size_t taken = 0;

	if (board_console_given)
		return size;
	while (taken < size && !(UART_STATE & UART_TX_FULL))
		UART_DATA = (uint8_t)text[taken++];
	return taken;
}

/* The bit of the ring oscillator is no source that can be relied on (2.17.5). */
int board_random(uint8_t *to, size_t size)
{
	(void)to;
	(void)size;
	return -MS_ENODEV;
}

/* By the watchdog, which resets devices, too; the processor's own request would not. */
_Noreturn void board_reset(void)
{
	PSM_WATCHDOG_RESETS = PSM_ALL_BUT_OSCILLATORS;
	WATCHDOG_SCRATCH_4 = 0;			/* no other place to start at */
	WATCHDOG_CTRL = WATCHDOG_NOW;
	for (;;)
		;
}
