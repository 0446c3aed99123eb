/* SPDX-License-Identifier: Apache-2.0 */
/* Messages whose time runs out: kept to the tick, orphaned at the server, and followed in order by what comes after. */
#include "talk.h"

#include <string.h>

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

static void a_deadline_is_kept_to_the_tick(void **state)
{
	static const uint8_t low[TALKERS] = { 12, 4, 12, 4, 4 };	/* the server never gets to it */
	(void)state;

	talk_begin(low);
	uint64_t deadline = 3 * MSEC;
	struct thread *t = do_connect(SID_OPEN, 2, deadline);

	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	fake_pass(deadline - 40 - clock_now());
	assert_int_equal(results(t), 0);
	assert_int_not_equal(running(), 1);
	fake_pass(40);
	assert_int_equal(status(t), -MS_ETIMEDOUT);
	assert_int_equal(running(), 1);
	talk_check_quiet();
}

static void one_that_has_passed_is_passed(void **state)
{
	(void)state;
	talk_begin(usual);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	fake_pass(MSEC);
	struct thread *t = do_connect(SID_OPEN, 2, 1);

	assert_int_equal(status(t), -MS_ETIMEDOUT);
	assert_int_equal(status(wait_for(PSA_DOORBELL, PSA_BLOCK, 1)), -MS_ETIMEDOUT);
	talk_check_quiet();
}

/* The signal was set: the server comes to find nothing, and that is no error of its own. */
static void a_message_that_left_its_queue_does_not_exist(void **state)
{
	(void)state;
	talk_begin(usual);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	do_connect(SID_OPEN, 2, MSEC);
	request(HANDLE_STATELESS);		/* service 3 */
	fake_pass(2 * MSEC);
	assert_int_equal(running(), 1);
	notify(2);
	assert_int_equal(value(wait_for(SIGNAL_OPEN, PSA_POLL, 0)), SIGNAL_OPEN);
	assert_int_equal((psa_status_t)value(get(SIGNAL_OPEN)), PSA_ERROR_DOES_NOT_EXIST);
	assert_int_equal(value(wait_for(SIGNAL_OPEN, PSA_POLL, 0)), 0);
	assert_int_equal(breaches(), 0);
	talk_check();
}

static void an_orphan_reads_nothing_writes_nothing_and_is_answered(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	memset(talker[0].ram + 512, 'x', 8);
	uintptr_t out = vectors(32, 1, at(600), 8UL);
	struct thread *client = call(h, 0, 1, vectors(0, 1, at(512), 8UL), 1, out, clock_now() + MSEC);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(value(read_vector(m.handle, 0, at(0), 4)), 4);
	fake_pass(2 * MSEC);
	assert_int_equal(status(client), -MS_ETIMEDOUT);
	talk_check();
	assert_int_equal(value(read_vector(m.handle, 0, at(4), 4)), 0);
	assert_int_equal(value(skip_vector(m.handle, 0, 4)), 0);
	assert_int_equal(talker[1].ram[4], 0);
	write_vector(m.handle, 0, at(0), 4);
	assert_int_equal(talker[0].ram[600], 0);
	reply(m.handle, 99);
	assert_int_equal(((psa_outvec *)out)->len, 8);
	rest();
	/* The connection is as good as before. */
	assert_int_equal(running(), 1);
	request(h);
	reply(server_gets(2, SIGNAL_OPEN).handle, 5);
	rest();
	assert_int_equal(value(client), 5);
	assert_int_equal(breaches(), 0);
}

/* The server has a call of this connection that its client does not wait for any more. */
static psa_msg_t begin_with_orphan(psa_handle_t *h, struct thread **client)
{
	begin();
	*h = connected(SID_OPEN, SIGNAL_OPEN);
	*client = call(*h, 1, 0, 0, 0, 0, clock_now() + MSEC);
	psa_msg_t orphan = server_gets(2, SIGNAL_OPEN);

	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	fake_pass(2 * MSEC);
	return orphan;
}

static void a_call_after_an_orphan_is_delivered_after_its_reply(void **state)
{
	(void)state;
	psa_handle_t h;
	struct thread *client;
	psa_msg_t orphan = begin_with_orphan(&h, &client);

	memcpy(talker[0].ram + 512, "later", 5);
	call(h, 2, 1, vectors(0, 1, at(512), 5UL), 0, 0, NEVER);
	talk_check();
	notify(2);		/* by service 3 */
	assert_int_equal(value(wait_for(SIGNAL_OPEN, PSA_POLL, 0)), 0);
	assert_int_equal(value(read_vector(orphan.handle, 0, at(0), 5)), 0);
	reply(orphan.handle, 11);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.type, 2);
	assert_int_equal(value(read_vector(m.handle, 0, at(0), 5)), 5);
	reply(m.handle, 22);
	clear();
	rest();
	assert_int_equal(status(client), MS_OK);
	assert_int_equal(value(client), 22);
	assert_int_equal(breaches(), 0);
}

static void a_close_after_an_orphan_is_delivered_after_its_reply(void **state)
{
	(void)state;
	psa_handle_t h;
	struct thread *client;
	psa_msg_t orphan = begin_with_orphan(&h, &client);

	uint32_t before = results(client);

	do_close(h, NEVER);
	talk_check();
	notify(2);
	reply(orphan.handle, PSA_ERROR_PROGRAMMER_ERROR);	/* nobody is there to be stopped for it */
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	assert_int_equal(results(client), before);
	reply(m.handle, 0);
	clear();
	rest();
	assert_int_equal(results(client), before + 1);
	assert_int_equal(breaches(), 0);
	talk_check_quiet();
}

/* The server has accepted what nobody waits for any more: it is told at once that it has ended. */
static void a_connection_accepted_too_late_is_closed(void **state)
{
	(void)state;
	begin();
	do_connect(SID_OPEN, 2, clock_now() + MSEC);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	fake_pass(2 * MSEC);
	set_rhandle(m.handle, 7);
	reply(m.handle, PSA_SUCCESS);
	m = server_gets(2, SIGNAL_OPEN);
	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	assert_int_equal((uintptr_t)m.rhandle, 7);
	reply(m.handle, 0);
	talk_check_quiet();
	rest();
	do_connect(SID_OPEN, 2, clock_now() + MSEC);
	m = server_gets(2, SIGNAL_OPEN);
	fake_pass(2 * MSEC);
	reply(m.handle, PSA_ERROR_CONNECTION_REFUSED);
	talk_check_quiet();
}

static void a_close_that_ran_out_of_time_is_done_all_the_same(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);
	struct thread *client = do_close(h, clock_now() + MSEC);

	assert_int_equal(running(), 2);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	fake_pass(2 * MSEC);
	assert_int_equal(status(client), -MS_ETIMEDOUT);
	notify(2);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	reply(m.handle, 0);
	talk_check_quiet();
}

static void a_connection_whose_close_ran_out_of_time_is_no_connection(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	do_close(h, clock_now() + MSEC);
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	fake_pass(2 * MSEC);
	assert_int_equal(running(), 1);
	request(h);
	assert_true(breached(1));
	talk_check();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deadline_is_kept_to_the_tick),
		cmocka_unit_test(one_that_has_passed_is_passed),
		cmocka_unit_test(a_message_that_left_its_queue_does_not_exist),
		cmocka_unit_test(an_orphan_reads_nothing_writes_nothing_and_is_answered),
		cmocka_unit_test(a_call_after_an_orphan_is_delivered_after_its_reply),
		cmocka_unit_test(a_close_after_an_orphan_is_delivered_after_its_reply),
		cmocka_unit_test(a_connection_accepted_too_late_is_closed),
		cmocka_unit_test(a_close_that_ran_out_of_time_is_done_all_the_same),
		cmocka_unit_test(a_connection_whose_close_ran_out_of_time_is_no_connection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
