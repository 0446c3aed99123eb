/* SPDX-License-Identifier: Apache-2.0 */
/* The nRF51's port of 32 pins (Series Reference Manual 3.0, 14). */
#include "gpio_chip.h"

#include <ms/device.h>

enum { OUT_SET = 0x508, OUT_CLEAR = 0x50c, IN = 0x510, PIN_CONFIG = 0x700 };
enum { INPUT = 0, PULL_DOWN = 1 << 2, PULL_UP = 3 << 2, OUTPUT = 1 };	/* the input buffer stays connected: an output can be read */

const uint32_t chip_pin_count = 32;
static volatile uint8_t *gpio;

void chip_init(volatile void *registers)
{
	gpio = registers;
}

void chip_mode(uint32_t pin, enum gpio_mode mode)
{
	static const uint32_t config[GPIO_MODE_COUNT] = {
		[GPIO_INPUT] = INPUT, [GPIO_INPUT_PULL_UP] = PULL_UP, [GPIO_INPUT_PULL_DOWN] = PULL_DOWN, [GPIO_OUTPUT] = OUTPUT,
	};

	ms_write32(gpio + PIN_CONFIG + 4 * pin, config[mode]);
}

void chip_write(uint32_t pin, bool up)
{
	ms_write32(gpio + (up ? OUT_SET : OUT_CLEAR), UINT32_C(1) << pin);
}

bool chip_read(uint32_t pin)
{
	return ms_read32(gpio + IN) >> pin & 1;
}
