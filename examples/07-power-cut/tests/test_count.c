/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "count.h"
#include "flash.h"

static uint32_t promised;		/* what count_up has returned from */

static int switch_on(void **state)
{
	struct sim *sim = sim_open();

	sim_flash(sim, "nvmc", "storage", FLASH_PAGE);
	*state = sim;
	return 0;
}

/* The number is the one that was promised, or one more, and it goes on from there. */
static void nothing_is_lost(struct sim *sim, void *context)
{
	(void)sim, (void)context;
	assert_true(count_open());
	assert_in_range(count_now(), promised, promised + 1);

	uint32_t before = count_now();

	count_up();
	assert_int_equal(count_now(), before + 1);
	assert_true(count_open());
	assert_int_equal(count_now(), before + 1);
}

static void count_far(struct sim *sim, void (*up)(void))
{
	promised = 0;
	sim_power_cuts(sim, nothing_is_lost, NULL);
	assert_true(count_open());
	while (promised < 600) {
		up();
		promised++;
	}
	assert_int_equal(count_now(), 600);
}

static void it_counts_past_the_end_of_a_page(void **state)
{
	count_far(*state, count_up);
}

static void a_hasty_one_counts_as_well(void **state)
{
	count_far(*state, count_up_hasty);
}

/* Erasing wears flash out: 600 counts take two pages' worth of it. */
static void pages_wear_evenly(void **state)
{
	count_far(*state, count_up);
	assert_int_equal(sim_flash_erases(*state, 0), 1);
	assert_int_equal(sim_flash_erases(*state, 1), 0);
}

static void look_at_main(struct sim *sim, void *context)
{
	(void)context;
	sim_run(sim, "odometer", SIM_FOREVER);
	assert_ended(sim, "odometer");
	assert_log(sim, "odometer", "seconds now");
}

static void its_main_goes_on_after_a_reset(void **state)
{
	struct sim *sim = *state;

	sim_power_cuts(sim, look_at_main, NULL);
	sim_run(sim, "odometer", SIM_FOREVER);
	assert_log(sim, "odometer", "0 seconds so far");
	sim_reset(sim);
	sim_run(sim, "odometer", SIM_FOREVER);
	assert_log(sim, "odometer", "5 seconds so far");
	assert_log(sim, "odometer", "10 seconds now");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_counts_past_the_end_of_a_page, switch_on, sim_teardown),
		cmocka_unit_test_setup_teardown(a_hasty_one_counts_as_well, switch_on, sim_teardown),
		cmocka_unit_test_setup_teardown(pages_wear_evenly, switch_on, sim_teardown),
		cmocka_unit_test_setup_teardown(its_main_goes_on_after_a_reset, switch_on, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
