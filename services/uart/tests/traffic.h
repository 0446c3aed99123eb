/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests of a UART driver against a model of its chip, the same for each chip.  The chip's own test file says how its
 * registers behave (model_read, model_write) and which of its lines is up (model_lines) from the state of the line here:
 * `sent`, what has left the device; `coming`, what the peer sends.
 */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/client.h>
#include <psa_manifest/sid.h>

#include "uart.h"

enum { TRAFFIC_MAX = 4096 };

#define UART_HANDLE INT32_C(0x40000100)	/* as the echo service has it in its psa_manifest/sid.h */

static struct {
	uint8_t sent[TRAFFIC_MAX];
	size_t sent_count;
	uint8_t coming;
	bool has_come, lost;		/* a byte waits in the device; one was lost there */
	bool holding;			/* a byte that was written has not left yet, */
	uint8_t held;			/* this one */
} line;

static struct sim *sim;

/* Of the chip's test file. */
static const char model_service[], model_device[];
static uint32_t model_read(void *context, uint32_t offset);
static void model_write(void *context, uint32_t offset, uint32_t value);
static void model_byte_left(void);
static void model_byte_came(void);
static void model_lines(void);

/* The byte that was written goes out. */
static void leave(void)
{
	if (!line.holding)
		return;
	line.holding = false;
	line.sent[line.sent_count++ % TRAFFIC_MAX] = line.held;
	model_byte_left();
	model_lines();
}

/* The peer's next byte; what the driver has not taken yet is lost. */
static void come(uint8_t byte)
{
	line.lost |= line.has_come;
	line.has_come = true;
	line.coming = byte;
	model_byte_came();
	model_lines();
}

/* As long as a byte takes on the wire, in which both directions move. */
static void pass(void)
{
	sim_run(sim, NULL, sim_clock(sim) / 1000000 + 1);
}

static int begin(void **state)
{
	sim_setup(state);
	sim = *state;
	memset(&line, 0, sizeof(line));
	sim_device(sim, model_device, model_read, model_write, NULL);
	sim_start(sim, model_service);
	pass();
	return 0;
}

static int32_t send_bytes(const void *bytes, size_t size)
{
	return sim_call(sim, "echo", UART_HANDLE, UART_SEND, bytes, size, NULL, NULL);
}

static size_t receive(void *bytes, size_t room)
{
	assert_int_equal(sim_call(sim, "echo", UART_HANDLE, UART_RECEIVE, NULL, 0, bytes, &room), PSA_SUCCESS);
	return room;
}

static int32_t lost(void)
{
	return sim_call(sim, "echo", UART_HANDLE, UART_LOST, NULL, 0, NULL, NULL);
}

static void a_byte_goes_out_at_once_when_there_is_room(void **state)
{
	(void)state;
	assert_int_equal(send_bytes("x", 1), 1);
	assert_true(line.holding);
	leave();
	assert_int_equal(line.sent[0], 'x');
}

/* One is in the device, a ring full waits, no more is taken; then all leave in order. */
static void what_has_no_room_waits_for_the_interrupt_in_order(void **state)
{
	uint8_t bytes[2 * RING_SIZE];
	(void)state;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	assert_int_equal(send_bytes(bytes, sizeof(bytes)), RING_SIZE);
	assert_int_equal(send_bytes(bytes + RING_SIZE, 5), 1);
	assert_int_equal(send_bytes(bytes + RING_SIZE + 1, 5), 0);
	for (size_t i = 0; i < RING_SIZE + 1; i++) {
		assert_int_equal(line.sent_count, i);
		leave();
		pass();
	}
	assert_false(line.holding);
	assert_memory_equal(line.sent, bytes, RING_SIZE + 1);
	pass();
	assert_int_equal(line.sent_count, RING_SIZE + 1);
}

static void what_comes_is_kept_in_order_or_counted_as_lost(void **state)
{
	uint8_t bytes[2 * RING_SIZE];
	(void)state;

	assert_int_equal(receive(bytes, sizeof(bytes)), 0);
	for (size_t i = 0; i < RING_SIZE + 3; i++) {
		come((uint8_t)(i + 1));
		pass();
		assert_false(line.has_come);
	}
	assert_int_equal(lost(), 3);
	assert_int_equal(receive(bytes, 10), 10);
	assert_int_equal(receive(bytes + 10, sizeof(bytes) - 10), RING_SIZE - 10);
	for (size_t i = 0; i < RING_SIZE; i++)
		assert_int_equal(bytes[i], (uint8_t)(i + 1));
}

static void what_the_device_lost_is_counted_too(void **state)
{
	uint8_t byte = 0;
	(void)state;

	come('a');
	come('b');
	pass();
	assert_int_equal(lost(), 1);
	assert_int_equal(receive(&byte, 1), 1);
}

/* A line that stays up: the driver sees that nothing is there, and its clients are served all the same. */
static void an_interrupt_without_a_cause_does_no_harm(void **state)
{
	(void)state;
	sim_device_line(sim, model_device, 0, true);
	pass();
	assert_int_equal(send_bytes("x", 1), 1);
	assert_int_equal(lost(), 0);
	assert_int_equal(sim_run_count(sim, model_service), 1);
	sim_device_line(sim, model_device, 0, false);
}

static void a_device_that_does_not_become_ready_ends_the_driver(void **state)
{
	(void)state;
	sim_close(sim);
	*state = sim = sim_open();
	sim_device_break(sim, model_device);
	sim_run(sim, model_service, 10);
	assert_int_equal(sim_exit_status(sim, model_service), 1);
}

static void what_makes_no_sense_is_refused(void **state)
{
	(void)state;
	assert_int_equal(sim_call(sim, "echo", UART_HANDLE, 99, NULL, 0, NULL, NULL), PSA_ERROR_NOT_SUPPORTED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_byte_goes_out_at_once_when_there_is_room, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_has_no_room_waits_for_the_interrupt_in_order, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_comes_is_kept_in_order_or_counted_as_lost, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_the_device_lost_is_counted_too, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(an_interrupt_without_a_cause_does_no_harm, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(a_device_that_does_not_become_ready_ends_the_driver, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_is_refused, begin, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
