/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests of a timer driver against a model of its chip, the same for each chip.  The chip's own test file says how its
 * registers behave (model_read, model_write); what counts is here: a counter that follows virtual time, and one alarm.
 */
#ifndef TIMING_H
#define TIMING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "timer_chip.h"
#include "waits.h"

static struct sim *sim;

static struct {
	uint64_t stopped_at;		/* the counter stands still there; 0: it runs */
	uint64_t alarm;
	bool armed, mute;		/* mute: its interrupt leads nowhere */
} model;

/* Of the chip's test file. */
static const char model_service[], model_device[];
static uint32_t model_read(void *context, uint32_t offset);
static void model_write(void *context, uint32_t offset, uint32_t value);

/* The counter without its end; it begins shortly before it wraps. */
static uint64_t model_ticks(void)
{
	if (model.stopped_at)
		return model.stopped_at;
	return chip_count_max - UINT64_C(50) + sim_clock(sim) / 1000 * (chip_hz / 1000000);
}

static void model_arm(uint32_t count)
{
	uint64_t now = model_ticks();
	uint32_t ahead = (count - (uint32_t)now) & chip_count_max;

	model.alarm = now + (ahead ? ahead : (uint64_t)chip_count_max + 1);
	model.armed = true;
}

static bool model_reached(void)
{
	return model.armed && model_ticks() >= model.alarm;
}

static void model_line(void)
{
	sim_device_line(sim, model_device, 0, model_reached() && !model.mute);
}

static int begin(void **state)
{
	sim_setup(state);
	sim = *state;
	memset(&model, 0, sizeof(model));
	sim_device(sim, model_device, model_read, model_write, NULL);
	return 0;
}

/* So many milliseconds, and the line as it is at the end of each. */
static void pass(unsigned msec)
{
	for (; msec; msec--) {
		sim_run(sim, NULL, sim_clock(sim) / 1000000 + 1);
		model_line();
	}
}

static void pass_usec(unsigned usec)
{
	uint64_t end = sim_clock(sim) + usec * UINT64_C(1000);

	while (sim_clock(sim) < end)
		chip_count();		/* a call of the test's takes a microsecond */
}

static void run_metronome(unsigned msec)
{
	sim_start(sim, model_service);
	sim_start(sim, "metronome");
	pass(msec);
}

/* The metronome's first waits all ended: not early, and so much late. */
static void assert_waits(size_t count, unsigned late_usec)
{
	unsigned asked, took;
	int status;

	for (size_t i = 0; i < count; i++) {
		assert_int_equal(sscanf(sim_log_line(sim, "metronome", i), "asked %u us, took %u us, status %d", &asked, &took, &status), 3);
		assert_int_equal(status, 0);
		assert_in_range(took, asked, asked + late_usec);
	}
}

/* 2 ms: this test looks at the line each millisecond. */
static void a_client_waits_as_long_as_it_asked(void **state)
{
	(void)state;
	run_metronome(400);
	assert_waits(6, 2000);
	assert_log(sim, "metronome", "none: -135, too long: -135");
	assert_log(sim, "metronome", "missed 0");
}

static void an_interrupt_that_never_comes_delays_a_client_and_is_counted(void **state)
{
	(void)state;
	model.mute = true;
	run_metronome(420);
	assert_waits(4, 3000);		/* of the longer ones the counter alone cannot tell, if it has 16 bits: -147 is an answer, too */
	assert_log(sim, "metronome", "missed 5");
	assert_int_equal(sim_run_count(sim, model_service), 1);
}

static void a_counter_that_stands_still_is_an_error_to_the_client(void **state)
{
	(void)state;
	model.stopped_at = 1000;
	run_metronome(500);
	assert_no_log(sim, "metronome", "status 0");
	assert_log(sim, "metronome", "asked 250000 us, took 26");
	assert_log(sim, "metronome", "status -147");
}

static void an_interrupt_without_a_cause_does_no_harm(void **state)
{
	(void)state;
	run_metronome(5);
	sim_device_line(sim, model_device, 0, true);
	sim_run(sim, NULL, 7);
	pass(400);
	assert_no_log(sim, "metronome", "status -");
	assert_log(sim, "metronome", "asked 250000 us");
	assert_int_equal(sim_run_count(sim, model_service), 1);
}

static void several_wait_and_each_ends_in_its_time(void **state)
{
	(void)state;
	waits_init((volatile void *)sim_device_registers(sim, model_device));
	assert_int_equal(waits_next(), -1);
	assert_int_equal(waits_begin(500), 0);
	assert_int_equal(waits_begin(200), 1);
	assert_int_equal(waits_begin(900), 2);
	assert_int_equal(waits_begin(200), 3);
	assert_int_equal(waits_begin(1), -1);
	assert_int_equal(waits_next(), -1);
	pass_usec(150);
	assert_int_equal(waits_next(), -1);
	assert_false(model_reached());
	pass_usec(100);
	assert_true(model_reached());
	assert_int_equal(waits_next(), 1);
	assert_int_equal(waits_next(), 3);
	assert_int_equal(waits_next(), -1);
	pass_usec(700);
	assert_int_equal(waits_next(), 0);
	assert_int_equal(waits_next(), 2);
	assert_int_equal(waits_next(), -1);
}

static void one_that_waits_no_longer_is_not_told(void **state)
{
	(void)state;
	waits_init((volatile void *)sim_device_registers(sim, model_device));
	assert_int_equal(waits_begin(100), 0);
	waits_end(0);
	pass_usec(200);
	assert_int_equal(waits_next(), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_client_waits_as_long_as_it_asked, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(an_interrupt_that_never_comes_delays_a_client_and_is_counted, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(a_counter_that_stands_still_is_an_error_to_the_client, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(an_interrupt_without_a_cause_does_no_harm, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(several_wait_and_each_ends_in_its_time, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(one_that_waits_no_longer_is_not_told, begin, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
