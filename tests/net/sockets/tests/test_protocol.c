/* SPDX-License-Identifier: Apache-2.0 */
/* The network service and requests that are not as they should be: each is refused, and changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/abi/network.h>
#include <ms/sim.h>
#include <psa/client.h>

/* Numbers as the device's C library has them. */
enum { NO_FILE = 9, AGAIN = 11, INVALID = 22, NO_SUCH_CALL = 95, RESET = 126, CONNECTED = 127 };

static struct ms_network_reply out;

static int32_t ask(struct sim *sim, int32_t handle, int32_t type, const void *in, size_t size)
{
	size_t room = sizeof(out);

	return sim_call(sim, "sockets", handle, type, in, size, &out, &room);
}

static int32_t ask_for(struct sim *sim, int32_t handle, int32_t type, struct ms_network_request in)
{
	return ask(sim, handle, type, &in, sizeof(in));
}

/* A connection, with a session begun; 0: joined. */
static int32_t connection(struct sim *sim, uint32_t session)
{
	int32_t h = sim_connect(sim, "sockets", MS_NETWORK_SID, MS_NETWORK_VERSION);

	assert_true(h > 0);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_OPEN, (struct ms_network_request){ .argument = session }), 0);
	return h;
}

static uint32_t stream(struct sim *sim, int32_t h)
{
	assert_int_equal(ask_for(sim, h, MS_NETWORK_SOCKET, (struct ms_network_request){ .argument = MS_NETWORK_STREAM, .address.family = MS_NETWORK_IPV4 }), 0);
	return out.value;
}

static void what_is_no_request_is_refused(void **state)
{
	struct sim *sim = *state;
	static const uint8_t bytes[64];
	size_t room = 8;

	sim_start(sim, "net-loopback");
	int32_t h = connection(sim, 0);

	for (size_t size = 0; size <= sizeof(bytes); size++)
		if (size != sizeof(struct ms_network_request))
			assert_int_equal(ask(sim, h, MS_NETWORK_SOCKET, bytes, size), -INVALID);
	assert_int_equal(sim_call(sim, "sockets", h, MS_NETWORK_SOCKET, bytes, sizeof(struct ms_network_request), &out, &room), -INVALID);
	assert_int_equal(ask_for(sim, h, 0, (struct ms_network_request){ 0 }), -NO_SUCH_CALL);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_CALLS, (struct ms_network_request){ 0 }), -NO_SUCH_CALL);
	assert_int_equal(ask_for(sim, h, INT16_MAX, (struct ms_network_request){ 0 }), -NO_SUCH_CALL);
}

/* Every field that a call does not use, and every reserved one. */
static void what_a_call_does_not_use_must_be_zero(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	int32_t h = connection(sim, 0);
	uint32_t s = stream(sim, h);
	struct ms_network_request good = { .socket = s }, bad;

	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, good), 0);
	bad = good, bad.reserved = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.value = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.argument = 2;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.deadline_nsec = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.address.family = MS_NETWORK_IPV4;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.address.ip[7] = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, bad), -INVALID);
	bad = good, bad.address.family = 5;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_BIND, bad), -INVALID);
	bad = good, bad.address = (struct ms_network_address){ .family = MS_NETWORK_IPV4, .ip = { 127, 0, 0, 1, 1 } };
	assert_int_equal(ask_for(sim, h, MS_NETWORK_BIND, bad), -INVALID);
	bad.address.ip[4] = 0, bad.address.scope = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_BIND, bad), -INVALID);
	bad.address.scope = 0, bad.address.reserved = 1;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_BIND, bad), -INVALID);
	bad.address.reserved = 0;
	assert_int_equal(ask_for(sim, h, MS_NETWORK_BIND, bad), 0);
}

static void a_number_is_of_one_socket_only(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	int32_t h = connection(sim, 0);
	uint32_t s = stream(sim, h);

	for (uint32_t bit = 1; bit; bit <<= 1)
		assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s ^ bit }), -NO_FILE);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_CLOSE, (struct ms_network_request){ .socket = s }), 0);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s }), -NO_FILE);
	assert_int_not_equal(stream(sim, h), s);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_CLOSE, (struct ms_network_request){ .socket = s }), -NO_FILE);
}

static void a_session_is_begun_once_and_ends_with_its_first_connection(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	int32_t bare = sim_connect(sim, "sockets", MS_NETWORK_SID, MS_NETWORK_VERSION);

	assert_int_equal(ask_for(sim, bare, MS_NETWORK_SOCKET, (struct ms_network_request){ 0 }), -RESET);
	assert_int_equal(ask_for(sim, bare, MS_NETWORK_OPEN, (struct ms_network_request){ .argument = 77 }), -RESET);
	int32_t first = connection(sim, 0);
	uint32_t session = out.value, s = stream(sim, first);

	assert_int_equal(ask_for(sim, first, MS_NETWORK_OPEN, (struct ms_network_request){ 0 }), -CONNECTED);
	int32_t second = connection(sim, session);

	assert_int_equal(ask_for(sim, second, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s }), 0);
	sim_disconnect(sim, "sockets", first);
	assert_int_equal(ask_for(sim, second, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s }), -RESET);
	first = connection(sim, 0);
	assert_int_equal(ask_for(sim, first, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s }), -NO_FILE);
	int32_t newer = connection(sim, 0);

	assert_int_equal(ask_for(sim, first, MS_NETWORK_NAME, (struct ms_network_request){ .socket = s }), -RESET);
	stream(sim, newer);
}

static void a_client_has_so_many_connections(void **state)
{
	struct sim *sim = *state;
	unsigned count = 0;
	int32_t h;

	sim_start(sim, "net-loopback");
	while ((h = sim_connect(sim, "sockets", MS_NETWORK_SID, MS_NETWORK_VERSION)) > 0)
		count++;
	assert_int_equal(h, PSA_ERROR_CONNECTION_BUSY);
	assert_int_equal(count, 5);
}

/* It is answered when its time is over, and sizes that are no events are refused. */
static void a_wait_has_an_end(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "net-loopback");
	int32_t h = connection(sim, 0);
	uint64_t until = sim_clock(sim) + 50000000;

	assert_int_equal(ask_for(sim, h, MS_NETWORK_WAIT, (struct ms_network_request){ .deadline_nsec = until }), 0);
	assert_in_range(sim_clock(sim), until, until + 1000000);
	assert_int_equal(ask_for(sim, h, MS_NETWORK_WAIT, (struct ms_network_request){ .deadline_nsec = 1 }), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_no_request_is_refused, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(what_a_call_does_not_use_must_be_zero, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_number_is_of_one_socket_only, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_session_is_begun_once_and_ends_with_its_first_connection, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_client_has_so_many_connections, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_wait_has_an_end, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
