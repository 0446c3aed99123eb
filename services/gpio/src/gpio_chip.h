/* SPDX-License-Identifier: Apache-2.0 */
/* What the one file of a chip does for main.c: the registers of one port of pins.  Pins are below chip_pin_count. */
#ifndef GPIO_CHIP_H
#define GPIO_CHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "gpio.h"

extern const uint32_t chip_pin_count;	/* at most 32 */

void chip_init(volatile void *registers);
void chip_mode(uint32_t pin, enum gpio_mode mode);
void chip_write(uint32_t pin, bool up);
bool chip_read(uint32_t pin);

#endif
