/* SPDX-License-Identifier: Apache-2.0 */
/* The driver as a service: its interrupts and its clients' messages are signals of one loop. */
#include <limits.h>

#include <ms/device.h>
#include <psa/service.h>

#include "driver.h"
#include "uart.h"
#include "wiring.h"

static uint8_t buffer[RING_SIZE];

static psa_status_t handle(const psa_msg_t *m)
{
	size_t size;

	switch (m->type) {
	case UART_SEND:
		size = psa_read(m->handle, 0, buffer, driver_room());	/* no byte is read that has no room */
		return (psa_status_t)driver_send(buffer, size);
	case UART_RECEIVE:
		size = m->out_size[0] < sizeof(buffer) ? m->out_size[0] : sizeof(buffer);
		psa_write(m->handle, 0, buffer, driver_receive(buffer, size));
		return PSA_SUCCESS;
	case UART_LOST:
		return driver_lost() < INT_MAX ? (psa_status_t)driver_lost() : INT_MAX;
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

/* Each interrupt's signal is one bit; the lines are opened again when the device has been served. */
static void serve_interrupts(psa_signal_t signals)
{
	driver_interrupt();
	for (; signals; signals &= signals - 1)
		psa_eoi(signals & -signals);
}

int main(void)
{
	volatile void *registers;
	psa_msg_t m;

	if (ms_device_map(WIRING_DEVICE, &registers) < 0)
		return 1;
	driver_init(registers, ms_device_speed(WIRING_DEVICE));
	for (psa_signal_t left = WIRING_SIGNALS; left; left &= left - 1)
		psa_irq_enable(left & -left);
	for (;;) {
		psa_signal_t signals = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (signals & WIRING_SIGNALS)
			serve_interrupts(signals & WIRING_SIGNALS);
		if (signals & UART_SIGNAL && psa_get(UART_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, handle(&m));
	}
}
