/* SPDX-License-Identifier: Apache-2.0 */
/* The driver as a service: its interrupts and its clients' messages are signals of one loop. */
#include <limits.h>

#include <ms/device.h>
#include <psa/service.h>
#include <psa_manifest/uart-cmsdk.h>

#include "driver.h"
#include "uart.h"

enum { CLOCK_HZ = 25000000, BAUD = 115200 };

static struct driver driver;
static uint8_t buffer[RING_SIZE];

static psa_status_t handle(const psa_msg_t *m)
{
	size_t size;

	switch (m->type) {
	case UART_SEND:
		size = RING_SIZE - (driver.sent.in - driver.sent.out);	/* no byte is read that has no room */
		size = psa_read(m->handle, 0, buffer, size);
		return (psa_status_t)driver_send(&driver, buffer, size);
	case UART_RECEIVE:
		size = m->out_size[0] < sizeof(buffer) ? m->out_size[0] : sizeof(buffer);
		psa_write(m->handle, 0, buffer, driver_receive(&driver, buffer, size));
		return PSA_SUCCESS;
	case UART_LOST:
		return driver.lost < INT_MAX ? (psa_status_t)driver.lost : INT_MAX;
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

int main(void)
{
	volatile void *registers;
	psa_msg_t m;

	if (ms_device_map(UART1_DEVICE, &registers) < 0)
		return 1;
	driver_init(&driver, registers, CLOCK_HZ / BAUD);
	psa_irq_enable(UART1_SIGNAL);
	psa_irq_enable(UART1_SIGNAL2);
	for (;;) {
		psa_signal_t signals = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (signals & UART1_SIGNAL) {
			driver_receive_interrupt(&driver);
			psa_eoi(UART1_SIGNAL);
		}
		if (signals & UART1_SIGNAL2) {
			driver_transmit_interrupt(&driver);
			psa_eoi(UART1_SIGNAL2);
		}
		if (signals & UART_SIGNAL && psa_get(UART_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, handle(&m));
	}
}
