/* SPDX-License-Identifier: Apache-2.0 */
/* The nRF51's UART as its reference manual has it, for the tests that all UARTs pass. */
#include "driver.h"
#include "traffic.h"

enum {
	START_RX = 0x000, START_TX = 0x008, RX_READY = 0x108, TX_READY = 0x11c, INTERRUPT_SET = 0x304, ERROR_SOURCE = 0x480, ENABLE = 0x500,
	PIN_TX = 0x50c, PIN_RX = 0x514, RXD = 0x518, TXD = 0x51c, BAUD_RATE = 0x524,
};
enum { RX_INTERRUPT = 1 << 2, TX_INTERRUPT = 1 << 7 };

static const char model_service[] = "uart-nrf", model_device[] = "uart0";
static bool rx_ready, tx_ready;
static uint32_t enabled;

static void model_lines(void)
{
	sim_device_line(sim, model_device, 0, (rx_ready && enabled & RX_INTERRUPT) || (tx_ready && enabled & TX_INTERRUPT));
}

static void model_byte_left(void)
{
	tx_ready = true;
}

static void model_byte_came(void)
{
	rx_ready = true;
}

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	switch (offset) {
	case RX_READY:
		return rx_ready;
	case TX_READY:
		return tx_ready;
	case ERROR_SOURCE:
		return line.lost;
	case RXD:
		assert_false(rx_ready);		/* cleared before: else the event of the byte behind would be lost */
		line.has_come = false;
		return line.coming;
	default:
		fail_msg("no register to read 0x%x", (unsigned)offset);
		return 0;
	}
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case TXD:
		assert_false(line.holding);
		line.holding = true;
		line.held = (uint8_t)value;
		break;
	case RX_READY:
		rx_ready = value;
		break;
	case TX_READY:
		tx_ready = value;
		break;
	case ERROR_SOURCE:
		line.lost &= !(value & 1);
		break;
	case INTERRUPT_SET:
		enabled |= value;
		break;
	case ENABLE:
		assert_int_equal(value, 4);
		break;
	case BAUD_RATE:
		assert_int_equal(value, 0x01d7e000);
		break;
	case START_RX: case START_TX: case PIN_TX: case PIN_RX:
		break;
	default:
		fail_msg("no register to write 0x%x", (unsigned)offset);
	}
	model_lines();
}
