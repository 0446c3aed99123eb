/* SPDX-License-Identifier: Apache-2.0 */
/* TIM2 to TIM5 of the STM32F2 and F4 (reference manual RM0090, 18.4): the counter runs free, its first compare channel is the alarm. */
#include "timer_chip.h"

#include <ms/device.h>

#ifndef CLOCK_HZ
#define CLOCK_HZ 84000000
#endif

enum { CR1 = 0x00, DIER = 0x0c, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2c, CCR1 = 0x34 };
enum { ON = 1, UPDATE = 1, COMPARE_1 = 1 << 1, TICK_HZ = 1000000 };

const uint32_t chip_hz = TICK_HZ;
uint32_t chip_count_max = UINT32_MAX;
static volatile uint8_t *timer;

/* TIM3 and TIM4 keep 16 bits of the end.  The update makes it take the divider; it causes no interrupt, since none of updates is asked for. */
void chip_init(volatile void *registers)
{
	timer = registers;
	ms_write32(timer + DIER, 0);
	ms_write32(timer + PSC, CLOCK_HZ / TICK_HZ - 1);
	ms_write32(timer + ARR, UINT32_MAX);
	chip_count_max = ms_read32(timer + ARR);
	ms_write32(timer + EGR, UPDATE);
	ms_write32(timer + CR1, ON);
}

uint32_t chip_count(void)
{
	return ms_read32(timer + CNT);
}

/* It compares for equality; flags are cleared by writing 0. */
void chip_alarm(uint32_t count)
{
	ms_write32(timer + CCR1, count);
	ms_write32(timer + SR, ~(uint32_t)COMPARE_1);
	ms_write32(timer + DIER, COMPARE_1);
}

void chip_interrupt(void)
{
	ms_write32(timer + DIER, 0);
	ms_write32(timer + SR, ~(uint32_t)COMPARE_1);
}
