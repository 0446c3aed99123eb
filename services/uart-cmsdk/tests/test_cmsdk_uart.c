/* SPDX-License-Identifier: Apache-2.0 */
/* The CMSDK UART's registers as the manual has them, for the tests that all UARTs pass. */
#include "driver.h"
#include "traffic.h"

enum { DATA = 0x0, STATE = 0x4, CTRL = 0x8, INTCLEAR = 0xc, BAUDDIV = 0x10 };
enum { TX = 1, RX = 2, OVERRUN = 8 };	/* bits of STATE and INTCLEAR */

static const char model_service[] = "uart-cmsdk", model_device[] = "uart1";
static uint32_t asking;

static void model_lines(void)
{
	sim_device_line(sim, model_device, 0, asking & RX);
	sim_device_line(sim, model_device, 1, asking & TX);
}

static void model_byte_left(void)
{
	asking |= TX;
}

static void model_byte_came(void)
{
	asking |= RX;
}

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	if (offset == STATE)
		return (line.holding ? TX : 0) | (line.has_come ? RX : 0) | (line.lost ? OVERRUN : 0);
	if (offset == DATA)
		line.has_come = false;
	return offset == DATA ? line.coming : 0;
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case DATA:
		assert_false(line.holding);
		line.holding = true;
		line.held = (uint8_t)value;
		break;
	case STATE:
		line.lost &= !(value & OVERRUN);
		break;
	case INTCLEAR:
		asking &= ~value;
		model_lines();
		break;
	case CTRL:
		assert_int_equal(value, 0xf);
		break;
	case BAUDDIV:
		assert_int_equal(value, 25000000 / 115200);
		break;
	default:
		fail_msg("no register 0x%x", (unsigned)offset);
	}
}
