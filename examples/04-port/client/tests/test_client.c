/* SPDX-License-Identifier: Apache-2.0 */
/* With the service that has zlib on the same device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/error.h>

static void what_was_packed_is_unpacked(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "zip");
	sim_run(sim, "client", 1000);
	assert_log(sim, "client", "unpacked they are the same");
	assert_log(sim, "client", "with one bit changed: refused");
	assert_int_equal(sim_exit_status(sim, "client"), 0);
}

static int32_t no_memory(struct sim_message *m, void *context)
{
	(void)m;
	(void)context;
	return PSA_ERROR_INSUFFICIENT_MEMORY;
}

static void a_refusal_is_said(void **state)
{
	struct sim *sim = *state;

	sim_serve(sim, "zip", no_memory, NULL);
	sim_run(sim, "client", 1000);
	assert_log(sim, "client", "the other service could not: -141");
	assert_int_equal(sim_exit_status(sim, "client"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_packed_is_unpacked, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_refusal_is_said, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
