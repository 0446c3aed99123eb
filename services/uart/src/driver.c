/* SPDX-License-Identifier: Apache-2.0 */
#include "driver.h"

#include "uart_chip.h"

_Static_assert((RING_SIZE & (RING_SIZE - 1)) == 0, "indices wrap at 2^32, a multiple of the size");

enum { BAUD = 115200 };

static struct ring { uint8_t bytes[RING_SIZE]; uint32_t in, out; } sent, received;
static uint32_t lost;

static size_t ring_used(const struct ring *r)
{
	return r->in - r->out;
}

static void ring_put(struct ring *r, uint8_t byte)
{
	r->bytes[r->in++ % RING_SIZE] = byte;
}

void driver_init(volatile void *registers, uint32_t baud)
{
	sent.in = sent.out = received.in = received.out = lost = 0;
	chip_init(registers, baud ? baud : BAUD);
}

static void transmit(void)
{
	while (ring_used(&sent) && chip_send(sent.bytes[sent.out % RING_SIZE]))
		sent.out++;
	chip_want_room(ring_used(&sent) != 0);
}

/* A device that says for ever that something came must not keep the service from its clients. */
void driver_interrupt(void)
{
	uint8_t byte;

	lost += chip_interrupt();
	for (size_t left = RING_SIZE; left && chip_receive(&byte); left--) {
		if (ring_used(&received) < RING_SIZE)
			ring_put(&received, byte);
		else
			lost++;
	}
	transmit();
}

size_t driver_send(const uint8_t *from, size_t size)
{
	size_t taken = 0;

	while (taken < size && driver_room())
		ring_put(&sent, from[taken++]);
	transmit();
	return taken;
}

size_t driver_receive(uint8_t *to, size_t size)
{
	size_t given = 0;

	while (given < size && ring_used(&received))
		to[given++] = received.bytes[received.out++ % RING_SIZE];
	return given;
}

size_t driver_room(void)
{
	return RING_SIZE - ring_used(&sent);
}

uint32_t driver_lost(void)
{
	return lost;
}
