/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boards with an STM32F4 or STM32F7 (reference manuals RM0090, RM0385, RM0390, RM0410), at 168 MHz.  In what the two
 * series differ is in stm32_series.h of f4/ and f7/.
 *
 * The clock is TIM2.  The alarm is SysTick, which only wakes: it counts 24 bits, so a far alarm is reached in several
 * steps, and the time that it takes is never used as time.  Waits for hardware are bounded: in the emulator the clock
 * controller reads 0 for ever, and the timers run at 1 GHz.
 */
#include "board.h"

#include <ms/abi/abi.h>

#include "board_facts.h"
#include "port.h"
#include "stm32_series.h"

#define FLASH_ACR	REG32(0x40023C00)
#define RCC_CR		REG32(0x40023800)
#define RCC_PLLCFGR	REG32(0x40023804)
#define RCC_CFGR	REG32(0x40023808)
#define RCC_AHB2ENR	REG32(0x40023834)
#define RCC_APB1ENR	REG32(0x40023840)
#define RNG_CR		REG32(BOARD_ENTROPY_BASE + 0x0)
#define RNG_SR		REG32(BOARD_ENTROPY_BASE + 0x4)
#define RNG_DR		REG32(BOARD_ENTROPY_BASE + 0x8)
#define TIMER_CR1	REG32(BOARD_CLOCK_BASE + 0x00)
#define TIMER_EGR	REG32(BOARD_CLOCK_BASE + 0x14)
#define TIMER_CNT	REG32(BOARD_CLOCK_BASE + 0x24)
#define TIMER_PSC	REG32(BOARD_CLOCK_BASE + 0x28)
#define TIMER_ARR	REG32(BOARD_CLOCK_BASE + 0x2c)
#define SYSTICK_CSR	REG32(BOARD_ALARM_BASE + 0x0)
#define SYSTICK_RVR	REG32(BOARD_ALARM_BASE + 0x4)
#define SYSTICK_CVR	REG32(BOARD_ALARM_BASE + 0x8)
#define SCB_ICSR	REG32(0xE000ED04)
#define SCB_AIRCR	REG32(0xE000ED0C)

enum {
	ACR_5_WAITS = 5,
	CR_HSE_ON = 1 << 16, CR_HSE_READY = 1 << 17, CR_HSE_BYPASS = 1 << 18, CR_PLL_ON = 1 << 24, CR_PLL_READY = 1 << 25,
	PLL_FROM_MHZ = BOARD_CRYSTAL_HZ / 1000000,
	/* Q 7: 48 MHz for the RNG; P 2, N 336.  R as after a reset: the F446 and F767 want no 0 there, and on the others these bits are to stay as they are. */
	PLL_HSE_TO_168_MHZ = 2 << 28 | 7 << 24 | 1 << 22 | 336 << 6 | PLL_FROM_MHZ,
	CFGR_APB1_4 = 5 << 10, CFGR_APB2_2 = 4 << 13, CFGR_PLL = 2, CFGR_USES_PLL = 2 << 2,
	AHB2_RNG = 1 << 6, APB1_TIM2 = 1 << 0,
	RNG_ENABLE = 1 << 2, RNG_READY = 1 << 0,
	TIMER_ENABLE = 1, TIMER_UPDATE = 1,
	SYSTICK_ENABLE = 1, SYSTICK_INTERRUPT = 2, SYSTICK_MIN = 16, SYSTICK_MAX = 0xffffff,
	ICSR_SYSTICK_CLEAR = 1 << 25,
	TRIES = 100000,
};
_Static_assert(BOARD_CPU_HZ == 168000000 && BOARD_CRYSTAL_HZ % 1000000 == 0, "the PLL as it is set here");
#define EMULATED_TIMER_HZ 1000000000
#define SYSTICK_LINE UINT32_MAX	/* the exception before the first line */

/* What the alarm was set for. */
static uint32_t alarm;

static void wait_for(volatile uint32_t *reg, uint32_t bits)
{
	for (uint32_t tries = TRIES; tries && (*reg & bits) != bits; tries--)
		;
}

/* 168 MHz from the crystal.  If it does not start the change to the PLL never happens, and all runs on at 16 MHz. */
static void start_clocks(void)
{
	if (BOARD_CRYSTAL_BYPASS)
		RCC_CR |= CR_HSE_BYPASS;
	RCC_CR |= CR_HSE_ON;
	wait_for(&RCC_CR, CR_HSE_READY);
	RCC_PLLCFGR = PLL_HSE_TO_168_MHZ;
	RCC_CR |= CR_PLL_ON;
	wait_for(&RCC_CR, CR_PLL_READY);
	FLASH_ACR = ACR_CACHES | ACR_5_WAITS;
	RCC_CFGR = CFGR_APB1_4 | CFGR_APB2_2 | CFGR_PLL;
	wait_for(&RCC_CFGR, CFGR_USES_PLL);
}

/* What the timers of APB1 are given; on the chip the oscillator that it starts with always shows. */
static uint32_t timer_hz(void)
{
	return RCC_CR ? BOARD_CPU_HZ / 2 : EMULATED_TIMER_HZ;
}

static void start_console(void)
{
	board_console_start();
	USART_BRR = (BOARD_CONSOLE_HZ + BOARD_CONSOLE_BAUD / 2) / BOARD_CONSOLE_BAUD;
	USART_CR1 = USART_ENABLE;
}

void board_init(void)
{
	series_init();
	start_clocks();
	RCC_APB1ENR |= APB1_TIM2;
	(void)RCC_APB1ENR;	/* two clocks later it is on */
	TIMER_PSC = timer_hz() / BOARD_CLOCK_HZ - 1;
	TIMER_ARR = UINT32_MAX;
	TIMER_EGR = TIMER_UPDATE;
	TIMER_CR1 = TIMER_ENABLE;
	start_console();
	port_line_open(BOARD_CONSOLE_TX_IRQ);
}

uint32_t board_ticks(void)
{
	return TIMER_CNT;
}

/*
 * A step towards the alarm, as far as 24 bits reach; rounded up, so that it is not early.  Counts once: a reload value of 0
 * stops it at the end, but must not come before the counter was loaded.
 */
static void step(void)
{
	enum { SYSTICK_PER_4_TICKS = 4 * BOARD_ALARM_HZ / BOARD_CLOCK_HZ, AHEAD_MAX = SYSTICK_MAX / 8 };
	uint32_t ahead = alarm - board_ticks();

	if (ahead > INT32_MAX)
		ahead = 0;
	if (ahead > AHEAD_MAX)
		ahead = AHEAD_MAX;
	SYSTICK_CSR = 0;
	SCB_ICSR = ICSR_SYSTICK_CLEAR;
	SYSTICK_RVR = SYSTICK_MIN + ahead * SYSTICK_PER_4_TICKS / 4;
	SYSTICK_CVR = 0;
	SYSTICK_CSR = SYSTICK_ENABLE | SYSTICK_INTERRUPT;
	for (uint32_t tries = TRIES; tries && !SYSTICK_CVR; tries--)
		;
	SYSTICK_RVR = 0;
}

void board_alarm(uint32_t tick)
{
	alarm = tick;
	step();
}

void board_interrupt(uint32_t line)
{
	if (line == BOARD_CONSOLE_TX_IRQ && !board_console_given) {
		core_console_ready();
	} else if (line != SYSTICK_LINE) {
		core_line(line);
	} else if (alarm - board_ticks() - 1 < INT32_MAX) {
		step();
	} else {
		SYSTICK_CSR = 0;
		core_alarm();
	}
}

size_t board_console_write(const char *text, size_t size)
{
	size_t taken = 0;

	if (board_console_given)
		return size;
	while (taken < size && USART_STATUS & USART_TX_EMPTY)
		USART_TX = (uint8_t)text[taken++];
	USART_CR1 = taken < size ? USART_ENABLE | USART_TX_INTERRUPT : USART_ENABLE;
	return taken;
}

#ifdef BOARD_ENTROPY_BASE
/* The emulator has no RNG: it never becomes ready. */
int board_random(uint8_t *to, size_t size)
{
	RCC_AHB2ENR |= AHB2_RNG;
	RNG_CR = RNG_ENABLE;
	for (size_t i = 0; i < size; i++) {
		wait_for(&RNG_SR, RNG_READY);
		if (RNG_SR != RNG_READY)	/* nothing, or an error beside it */
			return -MS_ENODEV;
		to[i] = (uint8_t)RNG_DR;
	}
	return MS_OK;
}
#else
int board_random(uint8_t *to, size_t size)
{
	(void)to;
	(void)size;
	return -MS_ENODEV;
}
#endif

/* The independent watchdog is not in the emulator, so it was never tried. */
const uint32_t board_watchdog_msec = 0;

void board_watchdog_feed(void)
{
}

_Noreturn void board_reset(void)
{
	SCB_AIRCR = 0x05FA0004;
	for (;;)
		;
}
