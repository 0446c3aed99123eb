/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

#include "counter.h"
#include "crc32.h"
#include "sums.h"

static void the_checksum_is_the_same_in_any_pieces(void **state)
{
	(void)state;
	static const uint8_t text[] = "123456789";

	for (size_t first = 0; first <= 9; first++) {
		uint32_t crc = crc32_add(CRC32_BEGIN, text, first);

		assert_int_equal(crc32_end(crc32_add(crc, text + first, 9 - first)), 0xcbf43926);
	}
}

static void a_sum_is_fresh_and_given_out_once(void **state)
{
	(void)state;
	uint32_t *taken[SUM_COUNT];

	for (unsigned i = 0; i < SUM_COUNT; i++) {
		taken[i] = sums_take();
		assert_non_null(taken[i]);
		assert_int_equal(*taken[i], 0);
		*taken[i] = 5;
	}
	assert_null(sums_take());
	sums_give_back(taken[2]);
	assert_ptr_equal(sums_take(), taken[2]);
	assert_int_equal(*taken[2], 0);
}

/* The test is the client: what it sends and gets is what "client" would. */
static int32_t add(struct sim *sim, int32_t handle, uint32_t number, uint32_t *sum)
{
	size_t size = sizeof(*sum);

	return sim_call(sim, "client", handle, COUNTER_ADD, &number, sizeof(number), sum, &size);
}

static void each_connection_has_a_sum_of_its_own(void **state)
{
	struct sim *sim = *state;
	uint32_t sum;

	sim_start(sim, "server");
	int32_t one = sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION), other = sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION);

	assert_int_equal(add(sim, one, 5, &sum), PSA_SUCCESS);
	assert_int_equal(add(sim, other, 40, &sum), PSA_SUCCESS);
	assert_int_equal(sum, 40);
	assert_int_equal(add(sim, one, 6, &sum), PSA_SUCCESS);
	assert_int_equal(sum, 11);
	sim_disconnect(sim, "client", one);
	one = sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION);
	assert_int_equal(add(sim, one, 1, &sum), PSA_SUCCESS);
	assert_int_equal(sum, 1);
}

static void it_serves_so_many_connections(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	for (unsigned i = 0; i < SUM_COUNT; i++)
		assert_true(sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION) > 0);
	assert_int_equal(sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION), PSA_ERROR_CONNECTION_BUSY);
}

static void what_makes_no_sense_is_an_error_to_who_sent_it(void **state)
{
	struct sim *sim = *state;
	uint32_t sum;
	size_t size = 3;

	sim_start(sim, "server");
	int32_t h = sim_connect(sim, "client", COUNTER_SID, COUNTER_VERSION);

	assert_int_equal(sim_call(sim, "client", h, 99, NULL, 0, NULL, NULL), PSA_ERROR_NOT_SUPPORTED);
	assert_int_equal(sim_call(sim, "client", h, COUNTER_ADD, "abc", 3, NULL, NULL), PSA_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sim_call(sim, "client", h, COUNTER_LATER, NULL, 0, &sum, &size), PSA_ERROR_BUFFER_TOO_SMALL);
	assert_int_equal(sim_state(sim, "server"), SIM_ALIVE);
	assert_int_equal(sim_call(sim, "client", h, COUNTER_BREAK, NULL, 0, NULL, NULL), PSA_ERROR_COMMUNICATION_FAILURE);
	assert_string_equal(sim_fault(sim, "server")->function, "make_a_mistake");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_the_same_in_any_pieces),
		cmocka_unit_test(a_sum_is_fresh_and_given_out_once),
		cmocka_unit_test_setup_teardown(each_connection_has_a_sum_of_its_own, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_serves_so_many_connections, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_is_an_error_to_who_sent_it, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
