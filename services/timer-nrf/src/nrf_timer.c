/* SPDX-License-Identifier: Apache-2.0 */
/* TIMER1 or TIMER2 of the nRF51, those of 16 bits (Series Reference Manual 3.0, 18): tasks are started and events cleared by a write. */
#include "timer_chip.h"

#include <ms/device.h>

enum {
	START = 0x000, CAPTURE_0 = 0x040, REACHED_1 = 0x144, INTERRUPT_SET = 0x304, INTERRUPT_CLEAR = 0x308,
	MODE = 0x504, BITS = 0x508, PRESCALER = 0x510, COMPARE_0 = 0x540, COMPARE_1 = 0x544,
};
enum { TIMER = 0, BITS_16 = 0, BY_16 = 4, INTERRUPT_1 = 1 << 17, AHEAD_MIN = 2 };

const uint32_t chip_hz = 1000000;
uint32_t chip_count_max = 0xffff;
static volatile uint8_t *timer;

void chip_init(volatile void *registers)
{
	timer = registers;
	ms_write32(timer + MODE, TIMER);
	ms_write32(timer + BITS, BITS_16);
	ms_write32(timer + PRESCALER, BY_16);
	ms_write32(timer + START, 1);
}

uint32_t chip_count(void)
{
	ms_write32(timer + CAPTURE_0, 1);
	return ms_read32(timer + COMPARE_0);
}

/* It compares for equality: what may be over before it is compared is put off. */
void chip_alarm(uint32_t count)
{
	uint32_t now = chip_count();

	if (((count - now) & chip_count_max) < AHEAD_MIN)
		count = now + AHEAD_MIN;
	ms_write32(timer + COMPARE_1, count & chip_count_max);
	ms_write32(timer + REACHED_1, 0);
	ms_write32(timer + INTERRUPT_SET, INTERRUPT_1);
}

void chip_interrupt(void)
{
	ms_write32(timer + INTERRUPT_CLEAR, INTERRUPT_1);
	ms_write32(timer + REACHED_1, 0);
}
