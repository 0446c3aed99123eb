/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device that asks for an interrupt when told, and until told otherwise: a timer of the board.  Which one says the
 * suite: ASKER_CMSDK (dual timer), ASKER_SSE (system timer) or ASKER_NRF.
 */
#ifndef CHIP_H
#define CHIP_H

#include <ms/device.h>

/* The manifest's only device and interrupt, whatever the board calls it. */
enum { ASKER_DEVICE = 0, ASKER_SIGNAL = 1 << 4 };

#if defined(ASKER_SSE)
enum { TIMER_VALUE = 0x28, TIMER_CONTROL = 0x2c };

static inline void chip_raise(volatile uint8_t *timer)
{
	ms_write32(timer + TIMER_VALUE, 0);
	ms_write32(timer + TIMER_CONTROL, 1);
}

static inline void chip_lower(volatile uint8_t *timer)
{
	ms_write32(timer + TIMER_CONTROL, 0);
}
#elif defined(ASKER_NRF)
enum {
	START = 0x000, CAPTURE_0 = 0x040, REACHED_1 = 0x144, INTERRUPT_SET = 0x304, INTERRUPT_CLEAR = 0x308, COMPARE_0 = 0x540, COMPARE_1 = 0x544,
};

static inline void chip_raise(volatile uint8_t *timer)
{
	ms_write32(timer + START, 1);
	ms_write32(timer + REACHED_1, 0);
	ms_write32(timer + INTERRUPT_SET, 1 << 17);
	ms_write32(timer + CAPTURE_0, 1);
	ms_write32(timer + COMPARE_1, (ms_read32(timer + COMPARE_0) + 100) & 0xffff);
}

/* It counts on, and reaches the same value again in a while. */
static inline void chip_lower(volatile uint8_t *timer)
{
	ms_write32(timer + INTERRUPT_CLEAR, 1 << 17);
	ms_write32(timer + REACHED_1, 0);
}
#else
enum { LOAD = 0x0, CONTROL = 0x8, INTCLEAR = 0xc, ONCE_32_BITS = 0x43, INTERRUPT_ON = 0xa0 };

static inline void chip_raise(volatile uint8_t *timer)
{
	ms_write32(timer + CONTROL, ONCE_32_BITS);
	ms_write32(timer + LOAD, 10);
	ms_write32(timer + CONTROL, ONCE_32_BITS | INTERRUPT_ON);
}

static inline void chip_lower(volatile uint8_t *timer)
{
	ms_write32(timer + CONTROL, 0);
	ms_write32(timer + INTCLEAR, 1);
}
#endif

#endif
