/* SPDX-License-Identifier: Apache-2.0 */
/* UART of the nRF51 (Series Reference Manual 3.0, 29): tasks are started and events cleared by a write. */
#include "uart_chip.h"

#include <ms/device.h>

enum {
	START_RX = 0x000, START_TX = 0x008,
	RX_READY = 0x108, TX_READY = 0x11c,
	INTERRUPT_SET = 0x304, ERROR_SOURCE = 0x480, ENABLE = 0x500,
	PIN_TX = 0x50c, PIN_RX = 0x514, RXD = 0x518, TXD = 0x51c, BAUD_RATE = 0x524,
};

enum { RX_INTERRUPT = 1 << 2, TX_INTERRUPT = 1 << 7, OVERRUN = 1, ON = 4 };

/* The fraction of 16 MHz in 32 bits, of which the upper 20 count: 0x01d7e000 for 115200, as the manual has it. */
static uint32_t rate_of(uint32_t baud)
{
	return (uint32_t)((((uint64_t)baud << 32) / 16000000 + 0x800) & 0xfffff000);
}

#ifndef TX_PIN
#define TX_PIN 24		/* of a micro:bit: to the chip that makes it USB */
#define RX_PIN 25
#endif

static volatile uint8_t *uart;
static bool sending;

static uint32_t get(uint32_t offset)
{
	return ms_read32(uart + offset);
}

static void set(uint32_t offset, uint32_t value)
{
	ms_write32(uart + offset, value);
}

void chip_init(volatile void *registers, uint32_t baud)
{
	uart = registers;
	sending = false;
	set(PIN_TX, TX_PIN);
	set(PIN_RX, RX_PIN);
	set(BAUD_RATE, rate_of(baud));
	set(ENABLE, ON);
	set(INTERRUPT_SET, RX_INTERRUPT | TX_INTERRUPT);
	set(START_TX, 1);
	set(START_RX, 1);
}

uint32_t chip_interrupt(void)
{
	if (get(TX_READY)) {
		set(TX_READY, 0);
		sending = false;
	}
	if (!(get(ERROR_SOURCE) & OVERRUN))
		return 0;
	set(ERROR_SOURCE, OVERRUN);
	return 1;
}

/* The event comes again by itself when there are more bytes behind the one that is read. */
bool chip_receive(uint8_t *byte)
{
	if (!get(RX_READY))
		return false;
	set(RX_READY, 0);
	*byte = (uint8_t)get(RXD);
	return true;
}

bool chip_send(uint8_t byte)
{
	if (sending)
		return false;
	sending = true;
	set(TXD, byte);
	return true;
}

/* Its interrupt comes each time that a byte has gone. */
void chip_want_room(bool wanted)
{
	(void)wanted;
}
