/* SPDX-License-Identifier: Apache-2.0 */
/* The client against the real server, and against one that the test plays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

#include "counter.h"

static void each_connection_has_a_sum_of_its_own(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", 50);
	assert_log(sim, "client", "add 1: the sum is 1");
	assert_log(sim, "client", "add 2: the sum is 3");
	assert_log(sim, "client", "add 40: the sum is 40");
	assert_log(sim, "client", "add 3: the sum is 6");
	assert_log(sim, "client", "the checksum of \"123456789\" is cbf43926");
}

static void it_waits_no_longer_than_it_wants_to(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", 99);
	assert_no_log(sim, "client", "no answer");
	sim_run(sim, "client", 110);
	assert_log(sim, "client", "no answer within 100 ms: going on");
}

static void it_outlives_the_server(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "server");
	sim_run(sim, "client", SIM_FOREVER);
	assert_string_equal(sim_fault(sim, "server")->function, "make_a_mistake");
	assert_int_equal(sim_run_count(sim, "server"), 2);
	assert_log(sim, "client", "the server has died: connecting again");
	assert_log(sim, "client", "add 7: the sum is 7");
	assert_int_equal(sim_run_count(sim, "client"), 1);
	assert_int_equal(sim_exit_status(sim, "client"), 0);
}

struct heard { unsigned connections, connections_max, added; };

/* A server that adds wrongly, serves so many connections only, and knows no checksums. */
static int32_t answer_wrongly(struct sim_message *m, void *context)
{
	struct heard *heard = context;

	if (m->type < 0)
		return m->type == -1 && ++heard->connections > heard->connections_max ? PSA_ERROR_CONNECTION_REFUSED : PSA_SUCCESS;
	if (m->type != COUNTER_ADD || m->in_size[0] != 4 || m->out_room[0] != 4)
		return PSA_ERROR_GENERIC_ERROR;
	heard->added += *(const uint32_t *)m->in[0];
	*(uint32_t *)m->out[0] = 4711;
	m->out_size[0] = 4;
	return PSA_SUCCESS;
}

static void it_believes_what_the_server_says(void **state)
{
	struct sim *sim = *state;
	struct heard heard = { .connections_max = 2 };

	sim_serve(sim, "server", answer_wrongly, &heard);
	sim_run(sim, "client", 50);
	assert_log(sim, "client", "add 1: the sum is 4711");
	assert_log(sim, "client", "add 2: the sum is 4711");
	assert_log(sim, "client", "checksum: -132");
	assert_int_equal(heard.added, 1 + 2 + 40 + 3);
}

static void without_a_connection_it_gives_up(void **state)
{
	struct sim *sim = *state;
	struct heard heard = { .connections_max = 1 };

	sim_serve(sim, "server", answer_wrongly, &heard);
	sim_run(sim, "client", 50);
	assert_log(sim, "client", "no connection: -130");
	assert_int_equal(sim_exit_status(sim, "client"), 1);
	assert_null(sim_fault(sim, "client"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_connection_has_a_sum_of_its_own, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_waits_no_longer_than_it_wants_to, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_outlives_the_server, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(it_believes_what_the_server_says, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(without_a_connection_it_gives_up, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
