/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the one file of a chip does for driver.c: a UART over its registers alone, 115200 baud, 8 bits, no parity.
 * Nothing here waits: a register that says "not yet" is looked at once, and an interrupt comes when it is time to look again.
 */
#ifndef UART_CHIP_H
#define UART_CHIP_H

#include <stdbool.h>
#include <stdint.h>

/* Both directions on, and the interrupt of what comes. */
void chip_init(volatile void *registers, uint32_t baud);

/* An interrupt came: clear its cause.  Returns how many received bytes the device says that it has lost. */
uint32_t chip_interrupt(void);

/* Take the next byte that has come; false: there is none. */
bool chip_receive(uint8_t *byte);

/* Begin to send a byte; false: there is no room for it now. */
bool chip_send(uint8_t byte);

/* More is to be sent when there is room again (true: an interrupt shall say when), or nothing. */
void chip_want_room(bool wanted);

#endif
