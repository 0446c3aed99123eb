/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests of a GPIO driver against a model of its chip, the same for each chip.  The chip's own test file says how its registers
 * behave (model_read, model_write) on the pins here, which are not connected to anything: a pin's level is what drives or pulls it.
 */
#ifndef PINS_H
#define PINS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "gpio.h"

#define GPIO_HANDLE INT32_C(0x40000100)	/* as the blink service has it in its psa_manifest/sid.h */

static struct sim *sim;
static struct { uint32_t output, out, pull_up, pull_down; } pins;	/* a bit for each */

/* Of the chip's test file. */
static const char model_service[], model_device[];
static uint32_t model_read(void *context, uint32_t offset);
static void model_write(void *context, uint32_t offset, uint32_t value);

static uint32_t level(void)
{
	return (pins.output & pins.out) | (~pins.output & pins.pull_up);
}

static int begin(void **state)
{
	sim_setup(state);
	sim = *state;
	memset(&pins, 0, sizeof(pins));
	sim_device(sim, model_device, model_read, model_write, NULL);
	sim_start(sim, model_service);
	return 0;
}

static int32_t gpio(int32_t type, uint8_t pin, uint8_t value)
{
	struct gpio_request r = { pin, value };

	return sim_call(sim, "blink", GPIO_HANDLE, type, &r, sizeof(r), NULL, NULL);
}

static void each_pin_has_its_own_mode_and_level(void **state)
{
	(void)state;
	assert_int_equal(gpio(GPIO_MODE, 3, GPIO_OUTPUT), 0);
	assert_int_equal(gpio(GPIO_MODE, 15, GPIO_OUTPUT), 0);
	assert_int_equal(gpio(GPIO_MODE, 0, GPIO_INPUT_PULL_UP), 0);
	assert_int_equal(gpio(GPIO_MODE, 1, GPIO_INPUT_PULL_DOWN), 0);
	assert_int_equal(gpio(GPIO_WRITE, 15, 1), 0);
	assert_int_equal(pins.output, 0x8008);
	assert_int_equal(pins.out, 0x8000);
	assert_int_equal(pins.pull_up, 1);
	assert_int_equal(pins.pull_down, 2);
	assert_int_equal(gpio(GPIO_READ, 15, 0), 1);
	assert_int_equal(gpio(GPIO_READ, 3, 0), 0);
	assert_int_equal(gpio(GPIO_READ, 0, 0), 1);
	assert_int_equal(gpio(GPIO_READ, 1, 0), 0);
	assert_int_equal(gpio(GPIO_MODE, 15, GPIO_INPUT), 0);
	assert_int_equal(gpio(GPIO_MODE, 0, GPIO_INPUT), 0);
	assert_int_equal(pins.output, 8);
	assert_int_equal(pins.pull_up, 0);
}

static void what_makes_no_sense_touches_nothing(void **state)
{
	uint8_t byte = 0;
	(void)state;

	assert_int_equal(gpio(GPIO_READ, 32, 0), -135);
	assert_int_equal(gpio(GPIO_MODE, 255, GPIO_OUTPUT), -135);
	assert_int_equal(gpio(GPIO_MODE, 3, GPIO_MODE_COUNT), -135);
	assert_int_equal(gpio(GPIO_WRITE, 3, 2), -135);
	assert_int_equal(gpio(9, 3, 0), -134);
	assert_int_equal(sim_call(sim, "blink", GPIO_HANDLE, GPIO_READ, &byte, 1, NULL, NULL), -135);
	assert_int_equal(sim_call(sim, "blink", GPIO_HANDLE, GPIO_READ, NULL, 0, NULL, NULL), -135);
	assert_int_equal(pins.output | pins.out | pins.pull_up | pins.pull_down, 0);
	assert_int_equal(sim_run_count(sim, model_service), 1);
}

#endif
