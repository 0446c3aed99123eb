/* SPDX-License-Identifier: Apache-2.0 */
/* A port of 16 pins of the STM32F2 and F4 (reference manual RM0090, 8.4). */
#include "gpio_chip.h"

#include <ms/device.h>

enum { MODER = 0x00, PUPDR = 0x0c, IDR = 0x10, BSRR = 0x18 };
enum { INPUT = 0, OUTPUT = 1, NO_PULL = 0, PULL_UP = 1, PULL_DOWN = 2, RESET = 16 };

const uint32_t chip_pin_count = 16;
static volatile uint8_t *gpio;

void chip_init(volatile void *registers)
{
	gpio = registers;
}

/* Two bits of each pin. */
static void set_field(uint32_t offset, uint32_t pin, uint32_t value)
{
	uint32_t others = ms_read32(gpio + offset) & ~(UINT32_C(3) << 2 * pin);

	ms_write32(gpio + offset, others | value << 2 * pin);
}

void chip_mode(uint32_t pin, enum gpio_mode mode)
{
	set_field(PUPDR, pin, mode == GPIO_INPUT_PULL_UP ? PULL_UP : mode == GPIO_INPUT_PULL_DOWN ? PULL_DOWN : NO_PULL);
	set_field(MODER, pin, mode == GPIO_OUTPUT ? OUTPUT : INPUT);
}

void chip_write(uint32_t pin, bool up)
{
	ms_write32(gpio + BSRR, UINT32_C(1) << (up ? pin : pin + RESET));
}

bool chip_read(uint32_t pin)
{
	return ms_read32(gpio + IDR) >> pin & 1;
}
