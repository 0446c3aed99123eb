/* SPDX-License-Identifier: Apache-2.0 */
/* The UART of Arm's Cortex-M System Design Kit (Technical Reference Manual DDI 0479, 3.3), as on the MPS2 and MPS3 boards. */
#include "uart_chip.h"

#include <ms/device.h>

#ifndef CLOCK_HZ
#define CLOCK_HZ 25000000
#endif

struct cmsdk_uart {
	uint32_t data;
	uint32_t state;		/* write 1 to clear the overruns */
	uint32_t ctrl;
	uint32_t intclear;	/* read: which interrupt came; write 1 to clear it */
	uint32_t bauddiv;
};

enum {
	STATE_TX_FULL = 1, STATE_RX_FULL = 2, STATE_RX_OVERRUN = 8,
	CTRL_TX = 1, CTRL_RX = 2, CTRL_TX_INTERRUPT = 4, CTRL_RX_INTERRUPT = 8,
	INT_TX = 1, INT_RX = 2,
};

static volatile struct cmsdk_uart *uart;

void chip_init(volatile void *registers, uint32_t baud)
{
	uart = registers;
	ms_write32(&uart->bauddiv, CLOCK_HZ / baud);
	ms_write32(&uart->intclear, INT_TX | INT_RX);
	ms_write32(&uart->ctrl, CTRL_TX | CTRL_RX | CTRL_TX_INTERRUPT | CTRL_RX_INTERRUPT);
}

/* Cleared before the byte is taken: one that comes behind it sets the interrupt again. */
uint32_t chip_interrupt(void)
{
	ms_write32(&uart->intclear, INT_TX | INT_RX);
	if (!(ms_read32(&uart->state) & STATE_RX_OVERRUN))
		return 0;
	ms_write32(&uart->state, STATE_RX_OVERRUN);
	return 1;
}

bool chip_receive(uint8_t *byte)
{
	if (!(ms_read32(&uart->state) & STATE_RX_FULL))
		return false;
	*byte = (uint8_t)ms_read32(&uart->data);
	return true;
}

bool chip_send(uint8_t byte)
{
	if (ms_read32(&uart->state) & STATE_TX_FULL)
		return false;
	ms_write32(&uart->data, byte);
	return true;
}

/* Its interrupt comes each time that a byte has gone. */
void chip_want_room(bool wanted)
{
	(void)wanted;
}
