/* SPDX-License-Identifier: Apache-2.0 */
/* A timer of the STM32 as its reference manual has it, for the tests that all timers pass. */
#include "timing.h"

enum { CR1 = 0x00, DIER = 0x0c, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2c, CCR1 = 0x34, COMPARE_1 = 2 };

static const char model_service[] = "timer-stm32", model_device[] = "timer5";
static uint32_t compare;

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	if (offset == ARR)
		return UINT32_MAX;
	assert_int_equal(offset, CNT);
	return (uint32_t)model_ticks();
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case CR1: case EGR:
		assert_int_equal(value, 1);
		break;
	case PSC:
		assert_int_equal(value, 83);
		break;
	case ARR:
		assert_int_equal(value, UINT32_MAX);
		break;
	case CCR1:
		compare = value;
		break;
	case SR:
		assert_int_equal(value, ~(uint32_t)COMPARE_1);	/* no other flag is touched */
		break;
	case DIER:
		model.armed = false;
		if (value & COMPARE_1)
			model_arm(compare);
		break;
	default:
		fail_msg("no register to write 0x%x", (unsigned)offset);
	}
	model_line();
}
