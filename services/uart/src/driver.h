/* SPDX-License-Identifier: Apache-2.0 */
/* Two rings between a UART's interrupts and its clients, for every chip (uart_chip.h).  It makes no system call. */
#ifndef DRIVER_H
#define DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include "wiring.h"

enum { RING_SIZE = WIRING_RING_SIZE };

/* Begin with empty rings and the device on, at 115200 baud if `baud` is 0. */
void driver_init(volatile void *registers, uint32_t baud);

/* What an interrupt asks for, and no more than a ring full of it: the bytes that came are kept or counted as lost, the next ones sent. */
void driver_interrupt(void);

/* Take bytes to send, or give what was received: as many as there is room for, or as there are. */
size_t driver_send(const uint8_t *from, size_t size);
size_t driver_receive(uint8_t *to, size_t size);

/* How many more driver_send would take; how many received bytes had no room since the start. */
size_t driver_room(void);
uint32_t driver_lost(void);

#endif
