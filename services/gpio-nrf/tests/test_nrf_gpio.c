/* SPDX-License-Identifier: Apache-2.0 */
/* The nRF51's port as its reference manual has it, for the tests that all ports pass. */
#include "pins.h"

enum { OUT_SET = 0x508, OUT_CLEAR = 0x50c, IN = 0x510, PIN_CONFIG = 0x700 };

static const char model_service[] = "gpio-nrf", model_device[] = "gpio";

static uint32_t model_read(void *context, uint32_t offset)
{
	(void)context;
	assert_int_equal(offset, IN);
	return level();
}

static void set_bit(uint32_t *word, uint32_t bit, bool on)
{
	*word = (*word & ~bit) | (on ? bit : 0);
}

static void model_write(void *context, uint32_t offset, uint32_t value)
{
	uint32_t bit = UINT32_C(1) << (offset - PIN_CONFIG) / 4 % 32;
	(void)context;

	if (offset == OUT_SET) {
		pins.out |= value;
	} else if (offset == OUT_CLEAR) {
		pins.out &= ~value;
	} else {
		assert_in_range(offset, PIN_CONFIG, PIN_CONFIG + 31 * 4);
		assert_int_equal(value & ~UINT32_C(0xd), 0);	/* input buffer connected, no other drive, no sensing */
		set_bit(&pins.output, bit, value & 1);
		set_bit(&pins.pull_down, bit, (value >> 2 & 3) == 1);
		set_bit(&pins.pull_up, bit, (value >> 2 & 3) == 3);
	}
}

static void the_pins_of_the_serial_line_are_kept(void **state)
{
	(void)state;
	assert_int_equal(gpio(GPIO_MODE, 24, GPIO_INPUT), -133);
	assert_int_equal(gpio(GPIO_WRITE, 25, 1), -133);
	assert_int_equal(gpio(GPIO_MODE, 26, GPIO_OUTPUT), 0);
	assert_int_equal(pins.output, 1 << 26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_pin_has_its_own_mode_and_level, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_touches_nothing, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(the_pins_of_the_serial_line_are_kept, begin, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
