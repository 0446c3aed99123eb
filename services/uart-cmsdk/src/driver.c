/* SPDX-License-Identifier: Apache-2.0 */
#include "driver.h"

static size_t ring_used(const struct ring *r)
{
	return r->in - r->out;
}

static void ring_put(struct ring *r, uint8_t byte)
{
	r->bytes[r->in++ % RING_SIZE] = byte;
}

static uint8_t ring_take(struct ring *r)
{
	return r->bytes[r->out++ % RING_SIZE];
}

void driver_init(struct driver *d, volatile struct cmsdk_uart *uart, uint32_t divider)
{
	*d = (struct driver){ .uart = uart };
	uart->bauddiv = divider;
	uart->intclear = CMSDK_INT_TX | CMSDK_INT_RX;
	uart->ctrl = CMSDK_CTRL_TX | CMSDK_CTRL_RX | CMSDK_CTRL_TX_INTERRUPT | CMSDK_CTRL_RX_INTERRUPT;
}

/* There is room for one byte in the device. The interrupt is cleared first: a byte that comes behind this one sets it again. */
void driver_receive_interrupt(struct driver *d)
{
	d->uart->intclear = CMSDK_INT_RX;
	if (!(d->uart->state & CMSDK_STATE_RX_FULL))
		return;
	uint8_t byte = (uint8_t)d->uart->data;

	if (ring_used(&d->received) < RING_SIZE)
		ring_put(&d->received, byte);
	else
		d->lost++;
}

static void transmit(struct driver *d)
{
	while (ring_used(&d->sent) && !(d->uart->state & CMSDK_STATE_TX_FULL))
		d->uart->data = ring_take(&d->sent);
}

void driver_transmit_interrupt(struct driver *d)
{
	d->uart->intclear = CMSDK_INT_TX;
	transmit(d);
}

size_t driver_send(struct driver *d, const uint8_t *from, size_t size)
{
	size_t taken = 0;

	while (taken < size && ring_used(&d->sent) < RING_SIZE)
		ring_put(&d->sent, from[taken++]);
	transmit(d);
	return taken;
}

size_t driver_receive(struct driver *d, uint8_t *to, size_t size)
{
	size_t given = 0;

	while (given < size && ring_used(&d->received))
		to[given++] = ring_take(&d->received);
	return given;
}
