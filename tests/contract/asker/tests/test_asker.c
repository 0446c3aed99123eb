/* SPDX-License-Identifier: Apache-2.0 */
/* The host simulation keeps what the owner of a device may rely on, with a dual timer that is at its end at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <ms/sim.h>

enum { CONTROL = 0x8, INTCLEAR = 0xc, ON = 0x80, PROMISES = 14 };

static void timer_write(void *context, uint32_t offset, uint32_t value)
{
	if (offset == CONTROL && value & ON)
		sim_device_line(context, "dualtimer", 0, true);
	if (offset == INTCLEAR)
		sim_device_line(context, "dualtimer", 0, false);
}

static void the_simulation_keeps_each_promise_to_the_owner_of_a_device(void **state)
{
	struct sim *sim = *state;
	unsigned kept = 0;

	sim_device(sim, "dualtimer", NULL, timer_write, sim);
	sim_run(sim, "asker", SIM_FOREVER);
	for (size_t i = 0; i < sim_log_count(sim, "asker"); i++) {
		if (strstr(sim_log_line(sim, "asker", i), "broken: "))
			fail_msg("%s", sim_log_line(sim, "asker", i));
		kept += strstr(sim_log_line(sim, "asker", i), "kept: ") != NULL;
	}
	assert_int_equal(kept, PROMISES);
	assert_log(sim, "asker", "all told");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_simulation_keeps_each_promise_to_the_owner_of_a_device, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
