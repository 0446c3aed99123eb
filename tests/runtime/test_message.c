/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as they should go: versions, connections, requests, vectors, signals, doorbell (PSA Firmware Framework 1.1). */
#include "talk.h"

#include <string.h>

/* Servers above clients, and of these service 1 above the others. */
static const uint8_t usual[TALKERS] = { 9, 12, 8, 12, 8 };

/* The servers wait for whatever comes; service 1 runs. */
static void begin(void)
{
	talk_ready(usual);
	assert_int_equal(running(), 1);
}

static void versions_are_told_of_what_one_may_call(void **state)
{
	(void)state;
	begin();
	assert_int_equal(value(version(SID_OPEN)), 2);
	assert_int_equal(value(version(SID_STATELESS)), 3);
	assert_int_equal(value(version(SID_BACK)), PSA_VERSION_NONE);	/* it is one's own */
	assert_int_equal(value(version(0x7777)), PSA_VERSION_NONE);
	assert_int_equal(breaches(), 0);
}

static void a_connection_is_made_used_and_closed(void **state)
{
	(void)state;
	begin();
	struct thread *client = do_connect(SID_OPEN, 1, NEVER);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.type, PSA_IPC_CONNECT);
	assert_true(m.handle > 0);
	assert_int_equal(m.client_id, 1);
	assert_null(m.rhandle);
	reply(m.handle, PSA_SUCCESS);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_ptr_equal(core_current(), client);
	psa_handle_t h = (psa_handle_t)value(client);

	request(h);
	m = server_gets(2, SIGNAL_OPEN);
	assert_int_equal(m.type, PSA_IPC_CALL);
	assert_int_equal(m.client_id, 1);
	reply(m.handle, INT32_MIN + 128);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal((psa_status_t)value(client), INT32_MIN + 128);

	do_close(h, NEVER);
	m = server_gets(2, SIGNAL_OPEN);
	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	assert_int_equal(m.client_id, 1);
	reply(m.handle, PSA_ERROR_CONNECTION_REFUSED);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(status(client), MS_OK);
	do_close(PSA_NULL_HANDLE, NEVER);
	assert_int_equal(running(), 1);
	assert_int_equal(breaches(), 0);
	talk_check_quiet();
}

static void a_server_refuses_connections_for_good_and_for_now(void **state)
{
	static const psa_status_t answer[] = { PSA_ERROR_CONNECTION_REFUSED, PSA_ERROR_CONNECTION_BUSY };
	(void)state;

	begin();
	for (unsigned i = 0; i < 2; i++) {
		struct thread *client = do_connect(SID_STRICT, 2, NEVER);
		psa_msg_t m = server_gets(2, SIGNAL_STRICT);

		reply(m.handle, answer[i]);
		wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
		assert_int_equal((psa_status_t)value(client), answer[i]);
	}
	talk_check_quiet();
}

static void bytes_go_both_ways_and_lengths_come_back(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	memcpy(talker[0].ram + 512, "in-one,in-two", 13);
	uintptr_t in = vectors(0, 2, at(512), (uintptr_t)6, at(519), (uintptr_t)6);
	uintptr_t out = vectors(64, 2, at(600), (uintptr_t)8, at(610), (uintptr_t)4);
	struct thread *client = call(h, 7, 2, in, 2, out, NEVER);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.type, 7);
	assert_int_equal(m.in_size[0], 6);
	assert_int_equal(m.in_size[1], 6);
	assert_int_equal(m.in_size[2], 0);
	assert_int_equal(m.out_size[0], 8);
	assert_int_equal(m.out_size[1], 4);
	assert_int_equal(m.out_size[3], 0);

	assert_int_equal(value(read_vector(m.handle, 0, at(100), 3)), 3);
	assert_int_equal(value(skip_vector(m.handle, 0, 1)), 1);
	assert_int_equal(value(read_vector(m.handle, 0, at(103), 100)), 2);
	assert_int_equal(value(read_vector(m.handle, 0, at(200), 100)), 0);
	assert_int_equal(value(skip_vector(m.handle, 1, 100)), 6);
	assert_int_equal(value(skip_vector(m.handle, 1, 1)), 0);
	assert_int_equal(value(read_vector(m.handle, 3, at(200), 4)), 0);
	assert_memory_equal(talker[1].ram + 100, "in-ne\0\0", 7);
	assert_int_equal(talker[1].ram[200], 0);

	memcpy(talker[1].ram + 300, "answer", 6);
	write_vector(m.handle, 0, at(300), 4);
	write_vector(m.handle, 0, at(304), 2);
	write_vector(m.handle, 1, at(300), 0);
	reply(m.handle, 5);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(value(client), 5);
	assert_memory_equal(talker[0].ram + 600, "answer\0\0", 8);
	assert_int_equal(((psa_outvec *)out)[0].len, 6);
	assert_int_equal(((psa_outvec *)out)[1].len, 0);
	assert_int_equal(breaches(), 0);
}

static void a_stateless_service_is_called_by_its_fixed_handle(void **state)
{
	(void)state;
	begin();
	for (unsigned v = 1; v <= 3; v++) {
		struct thread *client = request(0x40000000 | v << 8 | 2);
		psa_msg_t m = server_gets(2, SIGNAL_STATELESS);

		assert_int_equal(m.type, 0);
		assert_null(m.rhandle);
		reply(m.handle, -1000);
		wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
		assert_int_equal((psa_status_t)value(client), -1000);
		talk_check_quiet();
	}
}

static void a_value_is_kept_with_each_connection(void **state)
{
	(void)state;
	begin();
	psa_handle_t first = connected(SID_OPEN, SIGNAL_OPEN), second = connected(SID_OPEN, SIGNAL_OPEN);

	assert_int_not_equal(first, second);
	request(first);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_null(m.rhandle);
	set_rhandle(m.handle, 0x1234);
	reply(m.handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	request(second);
	m = server_gets(2, SIGNAL_OPEN);
	assert_null(m.rhandle);
	reply(m.handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	do_close(first, NEVER);
	m = server_gets(2, SIGNAL_OPEN);
	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	assert_int_equal((uintptr_t)m.rhandle, 0x1234);
	set_rhandle(m.handle, 0x5678);
	reply(m.handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(breaches(), 0);
}

static void waiting_ends_by_a_wanted_signal_only(void **state)
{
	(void)state;
	talk_begin(usual);
	struct thread *server = wait_for(SIGNAL_STRICT | 0x100, PSA_BLOCK | 0x7fffffff, NEVER);

	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	do_connect(SID_OPEN, 2, NEVER);		/* service 1 */
	assert_int_equal(running(), 3);
	assert_int_equal(results(server), 0);
	do_connect(SID_STRICT, 2, NEVER);
	assert_ptr_equal(core_current(), server);
	assert_int_equal(value(server), SIGNAL_STRICT);
	assert_int_equal(value(wait_for(SIGNAL_OPEN, PSA_POLL, 0)), SIGNAL_OPEN);
	assert_int_equal(value(wait_for(SIGNAL_STATELESS, PSA_POLL, 0)), 0);
	assert_int_equal(value(wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER)), SIGNAL_OPEN | SIGNAL_STRICT);
}

static void the_doorbell_rings_until_it_is_cleared(void **state)
{
	(void)state;
	begin();
	notify(2);
	assert_int_equal(running(), 2);
	assert_int_equal(value(core_current()), PSA_DOORBELL);
	assert_int_equal(value(wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER)), PSA_DOORBELL);
	clear();
	assert_int_equal(value(wait_for(PSA_WAIT_ANY, PSA_POLL, 0)), 0);
	notify(1);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 1);
	assert_int_equal(value(wait_for(PSA_DOORBELL, PSA_POLL, 0)), PSA_DOORBELL);
	assert_int_equal(breaches(), 0);
}

static void a_long_copy_goes_piece_by_piece(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	memset(talker[0].ram + 1024, 0xab, 2000);
	call(h, 0, 1, vectors(0, 1, at(1024), (uintptr_t)2000), 0, 0, NEVER);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);
	struct thread *server = core_current();
	struct core_call c = { .number = MS_SYS_psa_read, .argument = { (uintptr_t)m.handle, 0, at(0), 1500 } };

	core_syscall(&c);
	uint32_t before = results(server);
	unsigned pieces = 0;

	for (; core_work(); pieces++)
		assert_true(pieces == 5 ? results(server) == before + 1 || talker[1].ram[1499] == 0 : results(server) == before || pieces > 5);
	assert_int_equal(pieces, 6);
	assert_int_equal(value(server), 1500);
	assert_int_equal(talker[1].ram[1499], 0xab);
	assert_int_equal(talker[1].ram[1500], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_told_of_what_one_may_call),
		cmocka_unit_test(a_connection_is_made_used_and_closed),
		cmocka_unit_test(a_server_refuses_connections_for_good_and_for_now),
		cmocka_unit_test(bytes_go_both_ways_and_lengths_come_back),
		cmocka_unit_test(a_stateless_service_is_called_by_its_fixed_handle),
		cmocka_unit_test(a_value_is_kept_with_each_connection),
		cmocka_unit_test(waiting_ends_by_a_wanted_signal_only),
		cmocka_unit_test(the_doorbell_rings_until_it_is_cleared),
		cmocka_unit_test(a_long_copy_goes_piece_by_piece),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
