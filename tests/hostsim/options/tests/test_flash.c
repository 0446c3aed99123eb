/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/sim.h>
#include "flash.h"

static void nothing_or_all_is_written(struct sim *sim, void *context)
{
	uint32_t word;

	(void)context;
	memcpy(&word, sim_flash_content(sim), sizeof(word));
	assert_int_equal(word | 0xfff0fff0, 0xffffffff);
}

static void it_writes(void **state)
{
	sim_flash(*state, "nvmc", "storage", 1024);
	sim_power_cuts(*state, nothing_or_all_is_written, NULL);
	assert_true(flash_write(0xff0fff0f));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(it_writes, sim_setup, sim_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
