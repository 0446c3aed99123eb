/* SPDX-License-Identifier: Apache-2.0 */
/* A timer of the nRF51 as its reference manual has it, for the tests that all timers pass. */
#include "timing.h"

enum {
	START = 0x000, CAPTURE_0 = 0x040, REACHED_1 = 0x144, INTERRUPT_SET = 0x304, INTERRUPT_CLEAR = 0x308,
	MODE = 0x504, BITS = 0x508, PRESCALER = 0x510, COMPARE_0 = 0x540, COMPARE_1 = 0x544,
};

static const char model_service[] = "timer-nrf", model_device[] = "timer1";
static uint32_t captured, compare;

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	assert_int_equal(offset, COMPARE_0);
	return captured;
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case MODE: case BITS:
		assert_int_equal(value, 0);
		break;
	case PRESCALER:
		assert_int_equal(value, 4);
		break;
	case START:
		break;
	case CAPTURE_0:
		captured = (uint32_t)model_ticks() & 0xffff;
		break;
	case COMPARE_1:
		assert_in_range(value, 0, 0xffff);
		compare = value;
		break;
	case REACHED_1:
		assert_int_equal(value, 0);
		break;
	case INTERRUPT_SET:
		assert_int_equal(value, 1 << 17);
		model_arm(compare);
		break;
	case INTERRUPT_CLEAR:
		model.armed = false;
		break;
	default:
		fail_msg("no register to write 0x%x", (unsigned)offset);
	}
	model_line();
}
