/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programmer errors (PSA Firmware Framework 1.1): each one, by a client or a server, stops the service that
 * made it with a record that says so, and leaves nothing behind; what is nearly one does not.
 */
#include "talk.h"

#include <string.h>

static const uint8_t usual[TALKERS] = { 9, 12, 8, 12, 8 };

static psa_msg_t held;		/* what the server has, in the tests of servers */
static psa_handle_t open;	/* the connection of service 1, in the tests of clients */

/* Service 1 runs and has a connection, the servers wait. */
static void client_begins(void)
{
	talk_ready(usual);
	open = connected(SID_OPEN, SIGNAL_OPEN);
}

/* The server runs and holds the client's request, with an input of 8 bytes and an output of 4. */
static void server_begins(void)
{
	client_begins();
	call(open, 3, 1, vectors(0, 1, at(512), (uintptr_t)8), 1, vectors(32, 1, at(600), (uintptr_t)4), NEVER);
	get(SIGNAL_OPEN);
	held = taken(2);
	assert_int_equal(held.type, 3);
}

/* As before, but what it holds is the beginning or the end of a connection. */
static void server_has_connect(void)
{
	client_begins();
	do_connect(SID_OPEN, 2, NEVER);
	get(SIGNAL_OPEN);
	held = taken(2);
	assert_int_equal(held.type, PSA_IPC_CONNECT);
}

static void server_has_disconnect(void)
{
	client_begins();
	do_close(open, NEVER);
	get(SIGNAL_OPEN);
	held = taken(2);
	assert_int_equal(held.type, PSA_IPC_DISCONNECT);
}

static void server_has_stateless(void)
{
	client_begins();
	request(HANDLE_STATELESS);
	get(SIGNAL_STATELESS);
	held = taken(2);
}

/* One attempt, after which the service is stopped for it. */
#define BREACH(id, begins, attempt) do { \
	begins(); \
	assert_int_equal(running(), id); \
	attempt; \
	assert_true(breached(id)); \
	assert_int_equal(breaches(), 1); \
	assert_int_equal(service_at(id)->state, SERVICE_BACKOFF); \
	talk_check(); \
} while (0)

/* One after which it goes on. */
#define FINE(id, begins, attempt) do { \
	begins(); \
	attempt; \
	assert_int_equal(breaches(), 0); \
	assert_int_equal(service_at(id)->state, SERVICE_RUNNING); \
	talk_check(); \
} while (0)

static void connecting(void **state)
{
	(void)state;
	BREACH(1, client_begins, do_connect(0x7777, 1, NEVER));		/* i004: no such service */
	BREACH(1, client_begins, do_connect(SID_BACK, 1, NEVER));	/* i009: none that it may call */
	BREACH(1, client_begins, do_connect(SID_STRICT, 3, NEVER));	/* i005 */
	BREACH(1, client_begins, do_connect(SID_STRICT, 1, NEVER));	/* i006 */
	BREACH(1, client_begins, do_connect(SID_STRICT, 0, NEVER));	/* i011 */
	BREACH(1, client_begins, do_connect(SID_OPEN, 3, NEVER));	/* i007 */
	BREACH(1, client_begins, do_connect(SID_STATELESS, 3, NEVER));
	FINE(1, client_begins, do_connect(SID_OPEN, 1, NEVER));
	FINE(1, client_begins, do_connect(SID_STRICT, 2, NEVER));
}

static void handles_of_clients(void **state)
{
	(void)state;
	BREACH(1, client_begins, request(0));				/* i025 */
	BREACH(1, client_begins, request(0x1234dead));			/* i024 */
	BREACH(1, client_begins, request(-1));
	BREACH(1, client_begins, request(open + 1));
	BREACH(1, client_begins, request(open + 0x100));
	BREACH(1, client_begins, request(open | 0x1000000));
	BREACH(1, client_begins, do_close(0x1234dead, NEVER));		/* i012 */
	BREACH(1, client_begins, do_close(HANDLE_STATELESS, NEVER));
	FINE(1, client_begins, do_close(0, NEVER));
	BREACH(1, client_begins, request(0x40000000 | 3 << 8 | 3));	/* index of one with connections */
	BREACH(1, client_begins, request(0x40000000 | 3 << 8 | 9));	/* of none */
	BREACH(1, client_begins, request(0x40000000 | 4 << 8 | 2));	/* version */
	BREACH(1, client_begins, request(0x41000000 | 3 << 8 | 2));
	BREACH(1, client_begins, request(0xc0000000 | 3 << 8 | 2));
}

static void a_handle_is_its_owners_alone(void **state)
{
	(void)state;
	client_begins();
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);	/* service 1 is out of the way */
	assert_int_equal(running(), 3);
	request(open);
	assert_true(breached(3));
	talk_check();
}

static void a_handle_after_close_is_none(void **state)
{
	(void)state;
	server_has_disconnect();
	reply(held.handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 1);
	do_connect(SID_OPEN, 2, NEVER);		/* takes the same place */
	get(SIGNAL_OPEN);
	reply(taken(2).handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	request(open);
	assert_true(breached(1));
	talk_check();
}

static void what_a_call_may_say(void **state)
{
	(void)state;
	BREACH(1, client_begins, call(open, 0x8000, 0, 0, 0, 0, NEVER));			/* i090: type < 0 */
	BREACH(1, client_begins, call(open, 0, 5, vectors(0, 5, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL), 0, 0, NEVER));	/* i026 */
	BREACH(1, client_begins, call(open, 0, 3, vectors(0, 3, 0UL, 0UL, 0UL, 0UL, 0UL, 0UL), 2, at(0), NEVER));
	BREACH(1, client_begins, call(open, 0, 255, at(0), 255, at(0), NEVER));
	BREACH(1, client_begins, call(open, 0, 1, (uintptr_t)talker[1].ram, 0, 0, NEVER));	/* i048 */
	BREACH(1, client_begins, call(open, 0, 1, 0, 0, 0, NEVER));
	BREACH(1, client_begins, call(open, 0, 1, at(TEST_RAM - 8), 0, 0, NEVER));
	BREACH(1, client_begins, call(open, 0, 0, 0, 1, (uintptr_t)talker[1].ram, NEVER));	/* i049 */
	BREACH(1, client_begins, call(open, 0, 0, 0, 1, image_at(0), NEVER));
	BREACH(1, client_begins, call(open, 0, 1, vectors(0, 1, (uintptr_t)talker[1].ram, 4UL), 0, 0, NEVER));	/* i050 */
	BREACH(1, client_begins, call(open, 0, 1, vectors(0, 1, at(TEST_RAM - 3), 4UL), 0, 0, NEVER));	/* i052 */
	BREACH(1, client_begins, call(open, 0, 1, vectors(0, 1, at(0), SIZE_MAX), 0, 0, NEVER));
	BREACH(1, client_begins, call(open, 0, 0, 0, 1, vectors(0, 1, (uintptr_t)talker[1].ram, 4UL), NEVER));	/* i051 */
	BREACH(1, client_begins, call(open, 0, 0, 0, 1, vectors(0, 1, at(TEST_RAM - 3), 4UL), NEVER));	/* i053 */
	BREACH(1, client_begins, call(open, 0, 0, 0, 1, vectors(0, 1, image_at(64), 4UL), NEVER));	/* i054 */
	BREACH(1, client_begins, call(open, 0, 2, vectors(0, 2, at(512), 8UL, at(519), 4UL), 0, 0, NEVER));	/* overlap */
	BREACH(1, client_begins, call(open, 0, 2, vectors(0, 2, at(519), 4UL, at(512), 8UL), 0, 0, NEVER));
	BREACH(1, client_begins, call(open, 0, 2, vectors(0, 2, at(512), 8UL, at(514), 1UL), 0, 0, NEVER));
	BREACH(1, client_begins, call(HANDLE_STATELESS, 0x8000, 0, 0, 0, 0, NEVER));
	FINE(1, client_begins, call(open, 0x7fff, 1, vectors(0, 1, image_at(0), 64UL), 0, 0, NEVER));
	FINE(1, client_begins, call(open, 0, 2, vectors(0, 2, at(512), 8UL, at(520), 4UL), 0, 0, NEVER));
	FINE(1, client_begins, call(open, 0, 2, vectors(0, 2, at(512), 8UL, at(516), 0UL), 0, 0, NEVER));	/* an empty one overlaps none */
	FINE(1, client_begins, call(open, 0, 2, vectors(0, 2, at(516), 0UL, at(512), 8UL), 0, 0, NEVER));
	FINE(1, client_begins, call(open, 0, 1, vectors(0, 1, at(512), 8UL), 2, vectors(64, 2, at(512), 8UL, at(512), 8UL), NEVER));
	FINE(1, client_begins, call(open, 0, 4, vectors(0, 4, 1UL, 0UL, 1UL, 0UL, SIZE_MAX, 0UL, at(0), 4UL), 0, 1, NEVER));
}

static void two_threads_on_one_connection(void **state)
{
	(void)state;
	client_begins();
	new_thread(7);
	request(open);
	get(SIGNAL_OPEN);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	while (running() != 1)
		wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	request(open);
	assert_true(breached(1));
	talk_check();
}

static void waiting_and_getting(void **state)
{
	(void)state;
	BREACH(2, server_begins, wait_for(1 << 7, PSA_POLL, 0));		/* i062 */
	BREACH(2, server_begins, wait_for(0, PSA_BLOCK, NEVER));
	BREACH(2, server_begins, get(SIGNAL_OPEN));				/* i014, i016: not set */
	BREACH(2, server_begins, get(SIGNAL_STRICT));
	BREACH(2, server_begins, (notify(2), get(PSA_DOORBELL)));		/* i015 */
	BREACH(2, server_begins, get(SIGNAL_OPEN | SIGNAL_STRICT));		/* i013 */
	BREACH(2, server_begins, get(0));
	BREACH(2, server_begins, clear());					/* i061 */
	FINE(2, server_begins, (notify(2), clear()));
}

static void a_message_goes_into_own_memory_only(void **state)
{
	static const int64_t offset[] = { TEST_RAM - (int64_t)sizeof(psa_msg_t) + 1, -1, TEST_RAM };
	(void)state;

	for (unsigned i = 0; i < 4; i++) {
		client_begins();
		request(open);
		assert_int_equal(running(), 2);
		fake_call(MS_SYS_psa_get, SIGNAL_OPEN, i < 3 ? at((size_t)offset[i]) : (uintptr_t)talker[0].ram, 0, 0, 0, 0);
		assert_true(breached(2));
	}
}

static void handles_of_messages(void **state)
{
	static const int64_t wrong[] = { 0, 0x1234dead, -1 };
	(void)state;

	for (unsigned i = 0; i < 3; i++) {
		BREACH(2, server_begins, reply(wrong[i], 0));			/* i022, i023 */
		BREACH(2, server_begins, read_vector(wrong[i], 0, at(0), 1));	/* i030, i031 */
		BREACH(2, server_begins, skip_vector(wrong[i], 0, 1));		/* i036, i037 */
		BREACH(2, server_begins, write_vector(wrong[i], 0, at(0), 1));	/* i042, i043 */
		BREACH(2, server_begins, set_rhandle(wrong[i], 1));		/* i018, i019 */
	}
	BREACH(2, server_begins, reply(open, 0));			/* the client's handle of the same */
	BREACH(2, server_begins, reply(held.handle + 0x100, 0));
	BREACH(2, server_begins, (reply(held.handle, 0), reply(held.handle, 0)));
	BREACH(2, server_has_stateless, set_rhandle(held.handle, 1));
}

static void reading_and_writing(void **state)
{
	(void)state;
	BREACH(2, server_has_connect, read_vector(held.handle, 0, at(0), 1));		/* i028 */
	BREACH(2, server_has_disconnect, read_vector(held.handle, 0, at(0), 1));	/* i029 */
	BREACH(2, server_has_connect, skip_vector(held.handle, 0, 1));			/* i034 */
	BREACH(2, server_has_disconnect, skip_vector(held.handle, 0, 1));		/* i035 */
	BREACH(2, server_has_connect, write_vector(held.handle, 0, at(0), 0));		/* i040 */
	BREACH(2, server_has_disconnect, write_vector(held.handle, 0, at(0), 0));	/* i041 */
	for (unsigned i = 4; i < 6; i++) {
		BREACH(2, server_begins, read_vector(held.handle, i, at(0), 1));	/* i032, i033 */
		BREACH(2, server_begins, skip_vector(held.handle, i, 1));		/* i038, i039 */
		BREACH(2, server_begins, write_vector(held.handle, i, at(0), 0));	/* i044, i045 */
	}
	BREACH(2, server_begins, write_vector(held.handle, 0, at(0), 5));		/* i046 */
	BREACH(2, server_begins, (write_vector(held.handle, 0, at(0), 4), write_vector(held.handle, 0, at(0), 1)));
	BREACH(2, server_begins, write_vector(held.handle, 1, at(0), 1));
	BREACH(2, server_begins, read_vector(held.handle, 0, (uintptr_t)talker[0].ram, 1));	/* i055 */
	BREACH(2, server_begins, read_vector(held.handle, 0, image_at(0), 1));		/* i056 */
	BREACH(2, server_begins, read_vector(held.handle, 0, at(TEST_RAM - 4), 5));
	BREACH(2, server_begins, read_vector(held.handle, 0, at(0), SIZE_MAX));
	BREACH(2, server_begins, write_vector(held.handle, 0, (uintptr_t)talker[0].ram, 1));	/* i057 */
	FINE(2, server_begins, write_vector(held.handle, 0, image_at(0), 4));
	FINE(2, server_begins, write_vector(held.handle, 3, at(0), 0));
	FINE(2, server_begins, read_vector(held.handle, 0, at(TEST_RAM - 4), 4));
}

static void what_may_answer_a_connection(void **state)
{
	static const psa_status_t wrong[] = { 1, -1, PSA_ERROR_PROGRAMMER_ERROR, PSA_ERROR_COMMUNICATION_FAILURE };
	(void)state;

	for (unsigned i = 0; i < 4; i++)
		BREACH(2, server_has_connect, reply(held.handle, wrong[i]));	/* i020 */
	FINE(2, server_has_disconnect, reply(held.handle, PSA_ERROR_PROGRAMMER_ERROR));
}

/* i027: the client is stopped, and the server is told that the connection has ended. */
static void a_server_calls_a_request_a_programmer_error(void **state)
{
	(void)state;
	server_begins();
	reply(held.handle, PSA_ERROR_PROGRAMMER_ERROR);
	assert_true(breached(1));
	assert_int_equal(breaches(), 1);
	assert_int_equal(running(), 2);
	get(SIGNAL_OPEN);
	assert_int_equal(taken(2).type, PSA_IPC_DISCONNECT);
	assert_int_equal(taken(2).client_id, 1);
	reply(taken(2).handle, 0);
	talk_check_quiet();
}

static void ringing_at_strangers(void **state)
{
	(void)state;
	BREACH(1, client_begins, notify(0));
	BREACH(1, client_begins, notify(UINT32_MAX));		/* i059 */
	BREACH(1, client_begins, notify(77));			/* i060 */
	BREACH(1, client_begins, notify(5));			/* neither calls the other */
	FINE(1, client_begins, notify(3));			/* may call it */
	FINE(1, client_begins, notify(1));
}

static void only_the_main_thread_serves(void **state)
{
	static const uint32_t calls[] = { MS_SYS_psa_wait, MS_SYS_psa_get, MS_SYS_psa_read, MS_SYS_psa_skip, MS_SYS_psa_write,
					  MS_SYS_psa_reply, MS_SYS_psa_set_rhandle, MS_SYS_psa_clear, MS_SYS_psa_next };
	(void)state;

	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		server_begins();
		notify(2);
		uintptr_t first = calls[i] == MS_SYS_psa_wait ? PSA_DOORBELL : calls[i] == MS_SYS_psa_get ? SIGNAL_OPEN : (uintptr_t)held.handle;

		new_thread(15);
		fake_call(calls[i], first, 0, calls[i] == MS_SYS_psa_skip ? 1 : calls[i] == MS_SYS_psa_next ? PSA_DOORBELL : at(0),
			  calls[i] == MS_SYS_psa_next ? at(0) : 1, 0, 0);
		assert_true(breached(2));
		assert_int_equal(breaches(), 1);
	}
}

static void a_thread_beside_the_main_one_takes_no_message(void **state)
{
	(void)state;
	talk_ready(usual);
	request(HANDLE_STATELESS);
	assert_int_equal(running(), 2);
	new_thread(15);
	fake_call(MS_SYS_psa_get, SIGNAL_STATELESS, at(0), 0, 0, 0, 0);
	assert_true(breached(2));
}

static void a_message_is_its_servers_alone(void **state)
{
	(void)state;
	server_begins();
	notify(4);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 4);
	reply(held.handle, 0);
	assert_true(breached(4));
	assert_int_equal(breaches(), 1);
}

static void polling_does_not_wait(void **state)
{
	(void)state;
	server_begins();
	struct thread *t = wait_for(PSA_WAIT_ANY, PSA_POLL, NEVER);

	assert_int_equal(running(), 2);
	assert_int_equal(status(t), MS_OK);
	assert_int_equal(value(t), 0);
}

static void panic_is_an_abort(void **state)
{
	struct event e;
	(void)state;

	client_begins();
	fake_call(MS_SYS_psa_panic, 0, 0, 0, 0, 0, 0);		/* i089 */
	assert_true(event_get(0, &e));
	assert_int_equal(e.fault.cause, CORE_CAUSE_ABORT);
	assert_int_equal(e.service, 1);
	assert_int_equal(service_at(1)->state, SERVICE_BACKOFF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connecting),
		cmocka_unit_test(handles_of_clients),
		cmocka_unit_test(a_handle_is_its_owners_alone),
		cmocka_unit_test(a_handle_after_close_is_none),
		cmocka_unit_test(what_a_call_may_say),
		cmocka_unit_test(two_threads_on_one_connection),
		cmocka_unit_test(waiting_and_getting),
		cmocka_unit_test(a_message_goes_into_own_memory_only),
		cmocka_unit_test(handles_of_messages),
		cmocka_unit_test(reading_and_writing),
		cmocka_unit_test(what_may_answer_a_connection),
		cmocka_unit_test(a_server_calls_a_request_a_programmer_error),
		cmocka_unit_test(ringing_at_strangers),
		cmocka_unit_test(only_the_main_thread_serves),
		cmocka_unit_test(a_thread_beside_the_main_one_takes_no_message),
		cmocka_unit_test(a_message_is_its_servers_alone),
		cmocka_unit_test(polling_does_not_wait),
		cmocka_unit_test(panic_is_an_abort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
