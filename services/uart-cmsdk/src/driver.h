/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CMSDK UART over its registers alone: two rings between interrupts and
 * clients.  It makes no system call, so that tests run it on a register block of their own.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include "cmsdk.h"

enum { RING_SIZE = 256 };	/* a power of two */

struct ring { uint8_t bytes[RING_SIZE]; uint32_t in, out; };

struct driver {
	volatile struct cmsdk_uart *uart;
	struct ring sent, received;
	uint32_t lost;		/* received bytes without room */
};

/* Begin with empty rings: both directions on, with their interrupts. */
void driver_init(struct driver *d, volatile struct cmsdk_uart *uart, uint32_t divider);

/* What the interrupts ask for: take the byte that came; send the next ones. */
void driver_receive_interrupt(struct driver *d);
void driver_transmit_interrupt(struct driver *d);

/* Take bytes to send, or give what was received: as many as there is room for, or as there are. */
size_t driver_send(struct driver *d, const uint8_t *from, size_t size);
size_t driver_receive(struct driver *d, uint8_t *to, size_t size);

#endif
