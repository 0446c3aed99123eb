/* SPDX-License-Identifier: Apache-2.0 */
/* The CMSDK UART driver on a register block in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "driver.h"

static struct cmsdk_uart uart;
static struct driver driver;
static uint8_t bytes[2 * RING_SIZE];

static int begin(void **state)
{
	(void)state;
	uart = (struct cmsdk_uart){ 0 };
	driver_init(&driver, &uart, 217);
	return 0;
}

static void both_directions_are_on_with_their_interrupts(void **state)
{
	(void)state;
	assert_int_equal(uart.bauddiv, 217);
	assert_int_equal(uart.ctrl, 0xf);
	assert_int_equal(uart.intclear, 3);
}

static void a_byte_goes_out_at_once_when_there_is_room(void **state)
{
	(void)state;
	assert_int_equal(driver_send(&driver, (const uint8_t *)"x", 1), 1);
	assert_int_equal(uart.data, 'x');
}

static void what_has_no_room_waits_for_the_interrupt_in_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	uart.state = CMSDK_STATE_TX_FULL;
	assert_int_equal(driver_send(&driver, bytes, sizeof(bytes)), RING_SIZE);
	assert_int_equal(driver_send(&driver, bytes, 1), 0);
	assert_int_equal(uart.data, 0);
	driver_transmit_interrupt(&driver);
	assert_int_equal(uart.data, 0);
	uart.state = 0;
	uart.intclear = 0;
	driver_transmit_interrupt(&driver);
	assert_int_equal(uart.intclear, CMSDK_INT_TX);
	assert_int_equal(uart.data, 255);
	uart.data = 0x5a;
	driver_transmit_interrupt(&driver);
	assert_int_equal(uart.data, 0x5a);	/* nothing is left */
}

static void what_comes_is_kept_in_order_or_counted_as_lost(void **state)
{
	(void)state;
	driver_receive_interrupt(&driver);
	assert_int_equal(driver_receive(&driver, bytes, sizeof(bytes)), 0);	/* nothing had come */
	uart.state = CMSDK_STATE_RX_FULL;
	for (uint32_t i = 0; i < RING_SIZE + 3; i++) {
		uart.data = i;
		uart.intclear = 0;
		driver_receive_interrupt(&driver);
		assert_int_equal(uart.intclear, CMSDK_INT_RX);
	}
	assert_int_equal(driver.lost, 3);
	assert_int_equal(driver_receive(&driver, bytes, 10), 10);
	assert_int_equal(bytes[9], 9);
	assert_int_equal(driver_receive(&driver, bytes, sizeof(bytes)), RING_SIZE - 10);
	assert_int_equal(bytes[0], 10);
	assert_int_equal(bytes[RING_SIZE - 11], 255);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(both_directions_are_on_with_their_interrupts, begin),
		cmocka_unit_test_setup(a_byte_goes_out_at_once_when_there_is_room, begin),
		cmocka_unit_test_setup(what_has_no_room_waits_for_the_interrupt_in_order, begin),
		cmocka_unit_test_setup(what_comes_is_kept_in_order_or_counted_as_lost, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
