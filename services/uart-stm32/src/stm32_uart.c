/* SPDX-License-Identifier: Apache-2.0 */
/* USART of the STM32F2 and F4 (reference manual RM0090, 30.6).  USART2 and 3 are on the bus APB1, 42 MHz. */
#include "uart_chip.h"

#include <ms/device.h>

#ifndef CLOCK_HZ
#define CLOCK_HZ 42000000
#endif

struct stm32_uart { uint32_t sr, dr, brr, cr1, cr2, cr3, gtpr; };

enum {
	SR_OVERRUN = 1 << 3, SR_RX_FULL = 1 << 5, SR_TX_EMPTY = 1 << 7,
	CR1_RX = 1 << 2, CR1_TX = 1 << 3, CR1_RX_INTERRUPT = 1 << 5, CR1_TX_INTERRUPT = 1 << 7, CR1_ON = 1 << 13,
	CR1_ALWAYS = CR1_ON | CR1_TX | CR1_RX | CR1_RX_INTERRUPT,
};

static volatile struct stm32_uart *uart;

void chip_init(volatile void *registers, uint32_t baud)
{
	uart = registers;
	ms_write32(&uart->brr, (CLOCK_HZ + baud / 2) / baud);
	ms_write32(&uart->cr1, CR1_ALWAYS);
}

/* An overrun asks by the interrupt of what comes, and goes when status and then data are read: chip_receive does it, or, when there is no byte, this. */
uint32_t chip_interrupt(void)
{
	uint32_t status = ms_read32(&uart->sr);

	if ((status & (SR_OVERRUN | SR_RX_FULL)) == SR_OVERRUN)
		(void)ms_read32(&uart->dr);
	return (status & SR_OVERRUN) != 0;
}

bool chip_receive(uint8_t *byte)
{
	if (!(ms_read32(&uart->sr) & SR_RX_FULL))
		return false;
	*byte = (uint8_t)ms_read32(&uart->dr);
	return true;
}

bool chip_send(uint8_t byte)
{
	if (!(ms_read32(&uart->sr) & SR_TX_EMPTY))
		return false;
	ms_write32(&uart->dr, byte);
	return true;
}

/* "Empty" is a level: it would interrupt for ever when there is nothing to send. */
void chip_want_room(bool wanted)
{
	ms_write32(&uart->cr1, wanted ? CR1_ALWAYS | CR1_TX_INTERRUPT : CR1_ALWAYS);
}
