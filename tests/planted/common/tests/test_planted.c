/* SPDX-License-Identifier: Apache-2.0 */
/* Each of src/bugs.def as it is, and mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "planted.h"

enum { LONG_ENOUGH_MSEC = 2000 };

static void run(struct sim *sim, enum planted which, int mended)
{
	if (PARTNER)
		sim_start(sim, PARTNER);
	sim_start(sim, "planted");
	planted_which = (int)which;
	planted_mended = mended;
	sim_run(sim, NULL, LONG_ENOUGH_MSEC);
	assert_ended(sim, "planted");
}

#define BUG(name, what) \
	static void name##_ends_well(void **state) { run(*state, PLANTED_##name, 0); } \
	static void name##_mended_ends_well(void **state) { run(*state, PLANTED_##name, 1); }
#include "bugs.def"
#undef BUG

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define BUG(name, what) \
		cmocka_unit_test_setup_teardown(name##_ends_well, sim_setup, sim_teardown), \
		cmocka_unit_test_setup_teardown(name##_mended_ends_well, sim_setup, sim_teardown),
#include "bugs.def"
#undef BUG
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
