/* SPDX-License-Identifier: Apache-2.0 */
/* The CMSDK dual timer's registers as the manual has them, for the tests that all timers pass. */
#include "timing.h"

enum { LOAD = 0x0, VALUE = 0x4, CONTROL = 0x8, INTCLEAR = 0xc, ALARM = 0x20 };
enum { ON = 1 << 7, INTERRUPT = 1 << 5 };

static const char model_service[] = "timer-cmsdk", model_device[] = "dualtimer";
static uint32_t load;

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	assert_int_equal(offset, VALUE);
	return ~(uint32_t)model_ticks();
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case LOAD:
	case CONTROL:
	case ALARM + INTCLEAR:
		break;
	case ALARM + LOAD:
		load = value;
		break;
	case ALARM + CONTROL:
		if (value & ON) {
			assert_int_equal(value, 0xe3);		/* 32 bits, once, with its interrupt */
			model_arm((uint32_t)model_ticks() + load);
		} else {
			model.armed = false;
		}
		break;
	default:
		fail_msg("no register to write 0x%x", (unsigned)offset);
	}
	model_line();
}
