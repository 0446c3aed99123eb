/* SPDX-License-Identifier: Apache-2.0 */
/* The test is a client: it stands in for the service in tests/client. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

#include "greeter.h"

static int32_t open_greeter(struct sim *sim)
{
	sim_start(sim, "hello");
	int32_t handle = sim_connect(sim, "client", GREETER_SID, GREETER_VERSION);

	assert_true(PSA_HANDLE_IS_VALID(handle));
	return handle;
}

static void somebody_is_greeted_by_name(void **state)
{
	struct sim *sim = *state;
	int32_t handle = open_greeter(sim);
	char text[64];
	size_t size = sizeof(text);

	assert_int_equal(sim_call(sim, "client", handle, GREETER_GREET, "Ada", 3, text, &size), PSA_SUCCESS);
	assert_int_equal(size, 10);
	assert_memory_equal(text, "Hello, Ada", 10);
	sim_disconnect(sim, "client", handle);
}

static void what_makes_no_sense_is_an_error_to_who_sent_it(void **state)
{
	struct sim *sim = *state;
	int32_t handle = open_greeter(sim);
	char name[GREETER_NAME_MAX + 1] = "x", text[64];
	size_t size = sizeof(text), small = 9;

	assert_int_equal(sim_call(sim, "client", handle, 99, NULL, 0, NULL, NULL), PSA_ERROR_NOT_SUPPORTED);
	assert_int_equal(sim_call(sim, "client", handle, GREETER_GREET, name, sizeof(name), text, &size), PSA_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sim_call(sim, "client", handle, GREETER_GREET, "Ada", 3, text, &small), PSA_ERROR_BUFFER_TOO_SMALL);
	assert_int_equal(sim_run_count(sim, "hello"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(somebody_is_greeted_by_name, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_is_an_error_to_who_sent_it, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
