/* SPDX-License-Identifier: Apache-2.0 */
/* Messages whose client or server dies, that would wait in a circle, or flood: nobody waits for ever, nothing is lost. */
#include "talk.h"

#include <string.h>

enum { FOUR = 4, BACKOFF_MSEC = 100 };

static const uint8_t usual[TALKERS] = { 9, 12, 8, 12, 7 };

static void begin(void)
{
	talk_ready(usual);
	assert_int_equal(running(), 1);
}

static void rest(void)
{
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	talk_check();
}

/* Deaths. */

static void callers_of_a_server_that_dies_are_released(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);
	struct thread *one = request(h);

	server_gets(2, SIGNAL_OPEN);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	struct thread *three = do_connect(SID_STRICT, 2, NEVER);

	assert_int_equal(running(), 5);
	fake_call(MS_SYS_clock_sleep, UINT32_MAX, UINT32_MAX, 0, 0, 0, 0);
	service_fail(service_at(2), false);
	talk_check();
	assert_int_equal((psa_status_t)value(one), PSA_ERROR_COMMUNICATION_FAILURE);
	assert_int_equal((psa_status_t)value(three), PSA_ERROR_COMMUNICATION_FAILURE);
	/* The connection has to be closed, which is done at once; until then it stays broken, also when the server is back. */
	assert_int_equal(running(), 1);
	assert_int_equal((psa_status_t)value(request(h)), PSA_ERROR_COMMUNICATION_FAILURE);
	fake_pass(BACKOFF_MSEC * MSEC + MSEC);
	assert_int_equal(running(), 2);
	rest();
	assert_int_equal(running(), 1);
	assert_int_equal((psa_status_t)value(request(h)), PSA_ERROR_COMMUNICATION_FAILURE);
	do_close(h, NEVER);
	assert_int_equal(running(), 1);
	talk_check_quiet();
	connected(SID_OPEN, SIGNAL_OPEN);
	assert_int_equal(breaches(), 0);
}

static void who_calls_while_the_server_is_away_waits_for_its_return(void **state)
{
	(void)state;
	begin();
	service_fail(service_at(2), false);
	assert_int_equal(value(version(SID_OPEN)), 2);
	struct thread *t = do_connect(SID_OPEN, 2, NEVER);

	talk_check();
	request(HANDLE_STATELESS);	/* service 3 */
	fake_pass((BACKOFF_MSEC + 1) * MSEC);
	assert_int_equal(running(), 2);
	talk_check();
	assert_int_equal(value(wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER)), SIGNAL_OPEN | SIGNAL_STATELESS);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.client_id, 1);
	reply(m.handle, PSA_SUCCESS);
	assert_true((int32_t)value(t) > 0);
	assert_int_equal(server_gets(2, SIGNAL_STATELESS).client_id, 3);
}

static void a_server_that_has_ended_for_good_refuses(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	service_exit(service_at(2), 0);
	assert_int_equal((psa_status_t)value(do_connect(SID_OPEN, 2, NEVER)), PSA_ERROR_CONNECTION_REFUSED);
	assert_int_equal((psa_status_t)value(request(HANDLE_STATELESS)), PSA_ERROR_COMMUNICATION_FAILURE);
	assert_int_equal((psa_status_t)value(request(h)), PSA_ERROR_COMMUNICATION_FAILURE);
	do_close(h, NEVER);
	assert_int_equal(running(), 1);
	talk_check_quiet();
}

static void so_does_one_whose_main_thread_has_ended(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);
	struct thread *client = request(h);

	server_gets(2, SIGNAL_OPEN);
	new_thread(6);
	fake_call(MS_SYS_thread_exit, 0, 0, 0, 0, 0, 0);
	talk_check();
	assert_ptr_equal(core_current(), client);
	assert_int_equal((psa_status_t)value(client), PSA_ERROR_COMMUNICATION_FAILURE);
	assert_int_equal((psa_status_t)value(do_connect(SID_OPEN, 2, NEVER)), PSA_ERROR_CONNECTION_REFUSED);
	do_close(h, NEVER);
	talk_check_quiet();
}

/* Whatever a client had on its way when it died, the server hears of the end of each connection once. */
static void connections_of_a_client_that_dies_are_closed(void **state)
{
	enum { IDLE, QUEUED, HELD, CLOSING, CONNECTING, ORPHAN, WAYS };
	(void)state;

	for (unsigned way = 0; way < WAYS; way++) {
		begin();
		psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);
		psa_msg_t m = { 0 };

		if (way == QUEUED || way == HELD)
			request(h);
		if (way == ORPHAN)
			call(h, 0, 0, 0, 0, 0, clock_now() + MSEC);
		if (way == CLOSING)
			do_close(h, NEVER);
		if (way == CONNECTING)
			do_connect(SID_STRICT, 2, NEVER);
		if (way == HELD || way == ORPHAN)
			m = server_gets(2, SIGNAL_OPEN);
		if (way == CONNECTING)
			m = server_gets(2, SIGNAL_STRICT);
		if (way == ORPHAN)
			fake_pass(2 * MSEC);
		service_fail(service_at(1), false);
		talk_check();
		if (m.handle)
			reply(m.handle, PSA_SUCCESS);
		if (way == IDLE)
			assert_int_equal(running(), 2);
		if (way == CONNECTING) {
			m = server_gets(2, SIGNAL_STRICT);
			assert_int_equal(m.type, PSA_IPC_DISCONNECT);
			reply(m.handle, 0);
		}
		m = server_gets(2, SIGNAL_OPEN);
		assert_int_equal(m.type, PSA_IPC_DISCONNECT);
		assert_int_equal(m.client_id, 1);
		reply(m.handle, 0);
		talk_check_quiet();
		assert_int_equal(value(wait_for(PSA_WAIT_ANY, PSA_POLL, 0)), 0);
		assert_int_equal(breaches(), 0);
	}
}

static void a_client_that_died_in_a_copy_is_not_read_any_more(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	call(h, 0, 1, vectors(0, 1, at(1024), 2000UL), 0, 0, NEVER);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);
	struct thread *server = core_current();
	struct core_call c = { .number = MS_SYS_psa_read, .argument = { (uintptr_t)m.handle, 0, at(0), 2000 } };

	memset(talker[0].ram + 1024, 0xab, 2000);
	core_syscall(&c);
	assert_true(core_work());
	assert_true(core_work());
	service_fail(service_at(1), false);
	while (core_work())
		;
	assert_int_equal(value(server), 512);
	assert_int_equal(talker[1].ram[512], 0);
	assert_int_equal(reply(m.handle, 0) == server, 1);
	talk_check();
}

static void a_server_that_dies_in_a_copy_stops_there(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);
	struct thread *client = call(h, 0, 0, 0, 1, vectors(0, 1, at(1024), 2000UL), NEVER);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);
	struct core_call c = { .number = MS_SYS_psa_write, .argument = { (uintptr_t)m.handle, 0, at(0), 1000 } };

	memset(talker[1].ram, 0xab, 1000);
	core_syscall(&c);
	assert_true(core_work());
	service_fail(service_at(2), false);
	while (core_work())
		;
	assert_int_equal((psa_status_t)value(client), PSA_ERROR_COMMUNICATION_FAILURE);
	assert_int_equal(talker[0].ram[1024 + 255], 0xab);
	assert_int_equal(talker[0].ram[1024 + 256], 0);
}

/* Circles. */

static void circles_are_refused(void **state)
{
	(void)state;
	begin();
	psa_handle_t back;
	struct thread *one = request(HANDLE_STATELESS);

	server_gets(2, SIGNAL_STATELESS);
	struct thread *two = do_connect(SID_BACK, 1, NEVER);

	assert_int_equal(status(two), -MS_EDEADLK);
	talk_check();
	/* By way of a third: 1 waits for 2, 2 for 4, and 4 may not wait for 1. */
	do_connect(SID_OTHER, 1, NEVER);
	assert_int_equal(running(), FOUR);
	struct thread *four = do_connect(SID_BACK, 1, NEVER);

	assert_int_equal(status(four), -MS_EDEADLK);
	assert_int_equal(status(request(HANDLE_STATELESS)), -MS_EDEADLK);	/* 2, which waits for 4 */
	get(SIGNAL_OTHER);
	reply(taken(FOUR).handle, PSA_SUCCESS);
	back = (psa_handle_t)value(two);
	assert_true(back > 0);
	assert_int_equal(results(one), 0);
	talk_check();
	assert_int_equal(breaches(), 0);
}

static void a_service_may_call_itself_from_another_thread_only(void **state)
{
	(void)state;
	static const struct table_rule own[] = {
		{ 2, TABLE_ENDPOINT << 24, TABLE_ENDPOINT_CALL | TABLE_ENDPOINT_RECEIVE | 4 << 8 | 1 << 16, 0 },
	};

	begin();
	service_at(2)->plan.rules = own;
	service_at(2)->plan.rule_count = 1;
	endpoint_declare(own, 1, service_at(2));
	notify(2);
	assert_int_equal(status(request(0x40000100)), -MS_EDEADLK);
	new_thread(15);
	struct thread *helper = request(0x40000100);

	talk_check();
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	reply(m.handle, 33);
	assert_ptr_equal(core_current(), helper);
	assert_int_equal(value(helper), 33);
	request(0x40000100);
	get(SIGNAL_OPEN);
	reply(taken(2).handle, PSA_ERROR_PROGRAMMER_ERROR);
	assert_true(breached(2));
	talk_check();
}

/* Floods. */

static void a_client_has_its_share_and_no_more(void **state)
{
	unsigned made = 0;
	(void)state;

	begin();
	for (;; made++) {
		struct thread *t = do_connect(SID_OPEN, 2, NEVER);

		if (running() == 1) {
			assert_int_equal((psa_status_t)value(t), PSA_ERROR_CONNECTION_BUSY);
			break;
		}
		reply(server_gets(2, SIGNAL_OPEN).handle, PSA_SUCCESS);
		rest();
	}
	assert_int_equal(made, MESSAGE_MAX / 4);	/* four services may call others */
	assert_int_equal((psa_status_t)value(request(HANDLE_STATELESS)), PSA_ERROR_CONNECTION_BUSY);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 3);
	connected(SID_OPEN, SIGNAL_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callers_of_a_server_that_dies_are_released),
		cmocka_unit_test(who_calls_while_the_server_is_away_waits_for_its_return),
		cmocka_unit_test(a_server_that_has_ended_for_good_refuses),
		cmocka_unit_test(so_does_one_whose_main_thread_has_ended),
		cmocka_unit_test(connections_of_a_client_that_dies_are_closed),
		cmocka_unit_test(a_client_that_died_in_a_copy_is_not_read_any_more),
		cmocka_unit_test(a_server_that_dies_in_a_copy_stops_there),
		cmocka_unit_test(circles_are_refused),
		cmocka_unit_test(a_service_may_call_itself_from_another_thread_only),
		cmocka_unit_test(a_client_has_its_share_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
