/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dual timer of Arm's Cortex-M System Design Kit (Technical Reference Manual DDI 0479, 3.4): the first counts down for ever, the second
 * once to the alarm.
 */
#include "timer_chip.h"

#include <ms/device.h>

#ifndef CLOCK_HZ
#define CLOCK_HZ 25000000
#endif

struct counter { uint32_t load, value, control, intclear, raw, masked, background, reserved; };
struct dual_timer { struct counter clock, alarm; };

enum { ONE_SHOT = 1, BITS_32 = 2, INTERRUPT = 1 << 5, PERIODIC = 1 << 6, ON = 1 << 7 };

const uint32_t chip_hz = CLOCK_HZ;
uint32_t chip_count_max = UINT32_MAX;
static volatile struct dual_timer *timer;

void chip_init(volatile void *registers)
{
	timer = registers;
	ms_write32(&timer->clock.control, BITS_32);
	ms_write32(&timer->clock.load, UINT32_MAX);
	ms_write32(&timer->clock.control, BITS_32 | ON);
	chip_interrupt();
}

uint32_t chip_count(void)
{
	return ~ms_read32(&timer->clock.value);
}

/* What has passed, up to half a turn ago, is due at once. */
void chip_alarm(uint32_t count)
{
	uint32_t ahead = count - chip_count();

	ms_write32(&timer->alarm.control, 0);
	ms_write32(&timer->alarm.intclear, 1);
	ms_write32(&timer->alarm.control, PERIODIC | BITS_32 | ONE_SHOT);
	ms_write32(&timer->alarm.load, ahead == 0 || ahead > INT32_MAX ? 1 : ahead);
	ms_write32(&timer->alarm.control, PERIODIC | BITS_32 | ONE_SHOT | INTERRUPT | ON);
}

void chip_interrupt(void)
{
	ms_write32(&timer->alarm.control, 0);
	ms_write32(&timer->alarm.intclear, 1);
}
