/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boards with an STM32 that no emulator has: what their trees say makes a device ready is what the reference manuals say of its
 * address and of the names of its pins, and touches no other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "board.h"
#include "given.h"

#define CLOCKS_OF_PORTS 0x40023830
#define PORT_A 0x40020000
enum { PORT_SIZE = 0x400, MODE_ALTERNATE = 2, FUNCTIONS = 0x20, RESET_BEFORE_CLOCK = 0x20 };

static const char *const boards[] = { "netduinoplus2", "stm32f4-discovery", "nucleo-f446re", "nucleo-f767zi", "stm32f7-discovery" };

/* RCC_APB1ENR, RCC_APB2ENR: which bit is whose; alternate functions: of USART1 to 3, and of USART6. */
static const struct known { uint32_t base, clock, bit, function; } known[] = {
	{ 0x40011000, 0x40023844, 4, 7 }, { 0x40004400, 0x40023840, 17, 7 }, { 0x40004800, 0x40023840, 18, 7 }, { 0x40011400, 0x40023844, 5, 8 },
	{ 0x40000400, 0x40023840, 1, 0 }, { 0x40000c00, 0x40023840, 3, 0 },
};

static const struct known *known_at(uint32_t base)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].base == base)
			return &known[i];
	return NULL;
}

/* What the bits of a register are after all steps about it; which of them are touched. */
static uint32_t made(const struct board_device *d, uint32_t address, uint32_t *touched)
{
	uint32_t value = 0;

	*touched = 0;
	for (uint32_t i = 0; i < d->step_count; i++)
		if (d->step[i].address == address) {
			value = (value & ~d->step[i].mask) | d->step[i].value;
			*touched |= d->step[i].mask;
		}
	return value;
}

static void check_clock_and_reset(const struct board_device *d, const struct known *k)
{
	uint32_t touched, bit = UINT32_C(1) << k->bit;
	bool was_reset = false;

	assert_int_equal(made(d, k->clock, &touched), bit);
	assert_int_equal(touched, bit);
	assert_int_equal(made(d, k->clock - RESET_BEFORE_CLOCK, &touched), 0);
	assert_int_equal(touched, bit);
	for (uint32_t i = 0; i < d->step_count; i++)
		was_reset |= d->step[i].address == k->clock - RESET_BEFORE_CLOCK && d->step[i].value == bit;
	assert_true(was_reset);
}

struct port { uint32_t modes, modes_touched, functions[2], functions_touched[2]; };

/* Each pin that is named is the device's, and no other is touched. */
static void check_pins(const struct board_device *d, const struct board *b, const struct known *k)
{
	struct port want[9] = { 0 };
	uint32_t touched;
	int size, node = fdt_path_offset(b->dtb.at, d->path);
	const char *pin = fdt_getprop(b->dtb.at, node, "pins", &size), *end = pin + size;

	assert_non_null(pin);
	for (; pin < end; pin += strlen(pin) + 1) {
		uint32_t n = (uint32_t)strtoul(pin + 2, NULL, 10);
		struct port *p = &want[pin[1] - 'A'];

		p->modes |= (uint32_t)MODE_ALTERNATE << 2 * n;
		p->modes_touched |= UINT32_C(3) << 2 * n;
		p->functions[n / 8] |= k->function << 4 * (n % 8);
		p->functions_touched[n / 8] |= UINT32_C(0xf) << 4 * (n % 8);
	}
	for (uint32_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		uint32_t base = PORT_A + i * PORT_SIZE;

		assert_int_equal(made(d, CLOCKS_OF_PORTS, &touched) >> i & 1, want[i].modes != 0);
		assert_int_equal(made(d, base, &touched), want[i].modes);
		assert_int_equal(touched, want[i].modes_touched);
		for (uint32_t half = 0; half < 2; half++) {
			assert_int_equal(made(d, base + FUNCTIONS + 4 * half, &touched), want[i].functions[half]);
			assert_int_equal(touched, want[i].functions_touched[half]);
		}
	}
}

static void each_device_is_made_ready_as_the_manuals_say(void **state)
{
	(void)state;
	uint32_t uarts = 0, timers = 0;

	for (size_t i = 0; i < sizeof(boards) / sizeof(*boards); i++) {
		struct board b;
		struct err e = { 0 };

		assert_int_equal(board_open(arena_printf(&arena, "out/boards/%s/board.dtb", boards[i]), &arena, &b, &e), MS_OK);
		for (const struct board_device *d = b.devices; d < b.devices + b.device_count; d++) {
			const struct known *k = known_at(d->reg.base);

			if (!k)
				continue;
			check_clock_and_reset(d, k);
			if (k->function)
				check_pins(d, &b, k);
			uarts += k->function != 0;
			timers += k->function == 0;
		}
	}
	assert_int_equal(uarts, 4 + 2 + 3 + 2 + 2);
	assert_int_equal(timers, 2 * sizeof(boards) / sizeof(*boards));
}

/* A port that is granted as a whole has its clock, and is where its letter says. */
static void each_port_has_its_clock(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(boards) / sizeof(*boards); i++) {
		struct board b;
		struct err e = { 0 };

		assert_int_equal(board_open(arena_printf(&arena, "out/boards/%s/board.dtb", boards[i]), &arena, &b, &e), MS_OK);
		for (const struct board_device *d = b.devices; d < b.devices + b.device_count; d++) {
			uint32_t touched, port = (uint32_t)(d->name[4] - 'a');

			if (strncmp(d->name, "gpio", 4))
				continue;
			assert_int_equal(d->reg.base, PORT_A + port * PORT_SIZE);
			assert_int_equal(made(d, CLOCKS_OF_PORTS, &touched), UINT32_C(1) << port);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(each_device_is_made_ready_as_the_manuals_say, give_back),
		cmocka_unit_test_teardown(each_port_has_its_clock, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
