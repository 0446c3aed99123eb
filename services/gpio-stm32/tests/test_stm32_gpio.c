/* SPDX-License-Identifier: Apache-2.0 */
/* A port of the STM32 as its reference manual has it, for the tests that all ports pass. */
#include "pins.h"

enum { MODER = 0x00, PUPDR = 0x0c, IDR = 0x10, BSRR = 0x18 };

static const char model_service[] = "gpio-stm32", model_device[] = "gpioc";

/* The pins whose field of two bits is `value`; and the other way round. */
static uint32_t fields_to_bits(uint32_t fields, uint32_t value)
{
	uint32_t bits = 0;

	for (uint32_t pin = 0; pin < 16; pin++)
		bits |= (uint32_t)((fields >> 2 * pin & 3) == value) << pin;
	return bits;
}

static uint32_t bits_to_fields(uint32_t bits, uint32_t value)
{
	uint32_t fields = 0;

	for (uint32_t pin = 0; pin < 16; pin++)
		fields |= (bits >> pin & 1) * value << 2 * pin;
	return fields;
}

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	switch (offset) {
	case MODER:
		return bits_to_fields(pins.output, 1);
	case PUPDR:
		return bits_to_fields(pins.pull_up, 1) | bits_to_fields(pins.pull_down, 2);
	default:
		assert_int_equal(offset, IDR);
		return level();
	}
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	switch (offset) {
	case MODER:
		pins.output = fields_to_bits(value, 1);
		break;
	case PUPDR:
		pins.pull_up = fields_to_bits(value, 1);
		pins.pull_down = fields_to_bits(value, 2);
		break;
	case BSRR:
		pins.out = (pins.out & ~(value >> 16)) | (value & 0xffff);
		break;
	default:
		fail_msg("no register to write 0x%x", (unsigned)offset);
	}
}

static void the_port_has_16_pins(void **state)
{
	(void)state;
	assert_int_equal(gpio(GPIO_READ, 16, 0), -135);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_pin_has_its_own_mode_and_level, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_touches_nothing, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(the_port_has_16_pins, begin, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
