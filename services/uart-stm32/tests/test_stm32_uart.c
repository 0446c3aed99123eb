/* SPDX-License-Identifier: Apache-2.0 */
/* The STM32's USART as its reference manual has it, for the tests that all UARTs pass. */
#include "driver.h"
#include "traffic.h"

enum { SR = 0x0, DR = 0x4, BRR = 0x8, CR1 = 0xc };
enum { OVERRUN = 1 << 3, RX_FULL = 1 << 5, TX_EMPTY = 1 << 7 };		/* of SR; those of CR1 that let them interrupt are the same */

static const char model_service[] = "uart-stm32", model_device[] = "uart2";
static uint32_t cr1;
static bool status_read;

static uint32_t status(void)
{
	return (line.lost ? OVERRUN : 0) | (line.has_come ? RX_FULL : 0) | (line.holding ? 0 : TX_EMPTY);
}

static void model_lines(void)
{
	uint32_t asking = status() & cr1 & (RX_FULL | TX_EMPTY);

	sim_device_line(sim, model_device, 0, asking || (line.lost && cr1 & RX_FULL));
}

static void model_byte_left(void)
{
}

static void model_byte_came(void)
{
}

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	if (offset == SR) {
		status_read = true;
		return status();
	}
	if (offset == DR) {
		line.has_come = false;
		line.lost &= !status_read;	/* the overrun goes when status and then data are read */
		status_read = false;
		model_lines();
	}
	return offset == DR ? line.coming : 0;
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case DR:
		assert_false(line.holding);
		line.holding = true;
		line.held = (uint8_t)value;
		break;
	case BRR:
		assert_int_equal(value, 365);
		break;
	case CR1:
		assert_int_equal(value & ~(uint32_t)TX_EMPTY, 0x202c);
		cr1 = value;
		break;
	default:
		fail_msg("no register 0x%x", (unsigned)offset);
	}
	model_lines();
}
