/* SPDX-License-Identifier: Apache-2.0 */
/* psa_next: what psa_reply, psa_wait and psa_get do one after the other, by one call, with the same errors. */
#include "talk.h"

#include <string.h>

static const uint8_t usual[TALKERS] = { 9, 12, 8, 12, 8 };

/* The server waits by psa_next, the other by psa_wait; service 1 runs. */
static void begin(void)
{
	talk_begin(usual);
	next(PSA_NULL_HANDLE, 0, PSA_WAIT_ANY, NEVER);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 1);
}

/* What the server has just got, as the result of its psa_next says. */
static psa_msg_t comes(uint32_t signals)
{
	struct thread *server = service_at(2)->main;

	assert_int_equal(running(), 2);
	assert_int_equal(status(server), MS_OK);
	assert_int_equal(value(server), signals);
	talk_check();
	return taken(2);
}

static void a_connection_lives_by_it(void **state)
{
	(void)state;
	begin();
	struct thread *client = do_connect(SID_OPEN, 2, NEVER);
	psa_msg_t m = comes(SIGNAL_OPEN);

	assert_int_equal(m.type, PSA_IPC_CONNECT);
	assert_int_equal(m.client_id, 1);
	next(m.handle, PSA_SUCCESS, PSA_WAIT_ANY, NEVER);
	assert_ptr_equal(core_current(), client);
	psa_handle_t h = (psa_handle_t)value(client);

	memcpy(talker[0].ram + 512, "content", 7);
	call(h, 7, 1, vectors(0, 1, at(512), (uintptr_t)7), 1, vectors(64, 1, at(600), (uintptr_t)9), NEVER);
	m = comes(SIGNAL_OPEN);
	assert_int_equal(m.type, 7);
	assert_int_equal(m.in_size[0], 7);
	assert_int_equal(m.in_size[1], 0);
	assert_int_equal(m.out_size[0], 9);
	assert_int_equal(value(read_vector(m.handle, 0, at(100), 7)), 7);
	assert_memory_equal(talker[1].ram + 100, "content", 7);
	next(m.handle, 42, PSA_WAIT_ANY, NEVER);
	assert_ptr_equal(core_current(), client);
	assert_int_equal(value(client), 42);

	do_close(h, NEVER);
	m = comes(SIGNAL_OPEN);
	assert_int_equal(m.type, PSA_IPC_DISCONNECT);
	next(m.handle, PSA_SUCCESS, PSA_WAIT_ANY, NEVER);
	assert_ptr_equal(core_current(), client);
	assert_int_equal(breaches(), 0);
	talk_check_quiet();
}

/* Two clients: the second's message is in the queue when the first is answered. */
static void what_waits_already_is_taken_at_once(void **state)
{
	(void)state;
	begin();
	struct thread *first = request(HANDLE_STATELESS);
	psa_msg_t m = comes(SIGNAL_STATELESS);

	wait_for(PSA_DOORBELL, PSA_BLOCK, 1 * MSEC);	/* a while, for something else */
	assert_int_equal(running(), 3);
	struct thread *second = request(HANDLE_STATELESS);

	fake_pass(2 * MSEC);
	assert_int_equal(running(), 2);
	notify(2);
	next(m.handle, 1, PSA_WAIT_ANY, NEVER);
	psa_msg_t other = comes(SIGNAL_STATELESS | PSA_DOORBELL);

	assert_int_equal(value(first), 1);
	assert_int_equal(first->state, THREAD_READY);
	assert_int_equal(other.client_id, 3);
	assert_int_equal(service_at(2)->asserted, PSA_DOORBELL);	/* its signal went with it */
	clear();
	next(other.handle, 2, PSA_WAIT_ANY, NEVER);
	assert_int_equal(value(second), 2);
	assert_int_equal(running(), 1);
	talk_check_quiet();
}

static void other_signals_come_without_a_message(void **state)
{
	(void)state;
	begin();
	memset(talker[1].ram + MESSAGE_AT, 0x5a, sizeof(psa_msg_t));
	notify(2);
	psa_msg_t m = comes(PSA_DOORBELL);

	assert_int_equal(m.handle, 0x5a5a5a5a);		/* nothing was written */
	next(PSA_NULL_HANDLE, 0, SIGNAL_OPEN | PSA_DOORBELL, NEVER);
	comes(PSA_DOORBELL);
}

/* Only of the signals of the mask is a message taken. */
static void others_wait_on(void **state)
{
	(void)state;
	begin();
	notify(2);
	clear();
	next(PSA_NULL_HANDLE, 0, SIGNAL_STRICT, NEVER);
	assert_int_equal(running(), 1);
	request(HANDLE_STATELESS);
	assert_int_equal(running(), 3);
	assert_int_equal(service_at(2)->asserted, SIGNAL_STATELESS);
	struct thread *client = do_connect(SID_STRICT, 2, NEVER);
	psa_msg_t m = comes(SIGNAL_STRICT);

	assert_int_equal(m.client_id, 3);
	next(m.handle, PSA_ERROR_CONNECTION_REFUSED, SIGNAL_STATELESS, NEVER);
	assert_int_equal((psa_status_t)value(client), PSA_ERROR_CONNECTION_REFUSED);
	assert_int_equal(comes(SIGNAL_STATELESS).client_id, 1);
}

/* The lowest signal first; one whose message has left is not told. */
static void a_message_that_has_left_is_passed_over(void **state)
{
	(void)state;
	begin();
	notify(2);
	clear();
	wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
	struct thread *client = do_connect(SID_OPEN, 2, 1 * MSEC);

	assert_int_equal(running(), 3);
	request(HANDLE_STATELESS);
	fake_pass(2 * MSEC);
	assert_int_equal(status(client), -MS_ETIMEDOUT);
	notify(2);
	clear();
	assert_int_equal(service_at(2)->asserted, SIGNAL_OPEN | SIGNAL_STATELESS);
	next(PSA_NULL_HANDLE, 0, PSA_WAIT_ANY, NEVER);
	assert_int_equal(comes(SIGNAL_STATELESS).client_id, 3);
	assert_int_equal(service_at(2)->asserted, 0);
}

static void its_deadline_passes_and_the_reply_was_given(void **state)
{
	(void)state;
	begin();
	struct thread *client = request(HANDLE_STATELESS);
	psa_msg_t m = comes(SIGNAL_STATELESS);
	struct thread *server = next(m.handle, 9, PSA_WAIT_ANY, 3 * MSEC);

	assert_ptr_equal(core_current(), client);
	assert_int_equal(value(client), 9);
	fake_pass(4 * MSEC);
	assert_int_equal(running(), 2);
	assert_int_equal(status(server), -MS_ETIMEDOUT);
	talk_check_quiet();
}

/* It has waited for the signal, and waits no more: who runs keeps its registers when the signal comes once more. */
static void a_signal_for_who_runs_changes_no_result(void **state)
{
	(void)state;
	begin();
	notify(2);
	struct thread *server = service_at(2)->main;

	comes(PSA_DOORBELL);
	uint32_t before = results(server);

	notify(2);
	assert_int_equal(running(), 2);
	assert_int_equal(results(server), before + 1);	/* of notify itself */
	assert_int_equal(value(server), 0);
	assert_int_equal(service_at(2)->asserted, PSA_DOORBELL);
}

/* It has waited by psa_next; by psa_wait it gets no message. */
static void psa_wait_after_it_takes_nothing(void **state)
{
	(void)state;
	begin();
	request(HANDLE_STATELESS);
	psa_msg_t m = comes(SIGNAL_STATELESS);

	reply(m.handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	request(HANDLE_STATELESS);
	assert_int_equal(running(), 2);
	assert_int_equal(service_at(2)->asserted, SIGNAL_STATELESS);
	assert_int_equal(server_gets(2, SIGNAL_STATELESS).client_id, 1);
}

/* Misuse stops the server, as that of the three. */
static void refused(uintptr_t handle, uint32_t answer, uint32_t mask, uintptr_t to)
{
	fake_call(MS_SYS_psa_next, handle, answer, mask, to, UINT32_MAX, UINT32_MAX);
	assert_true(breached(2));
	assert_int_equal(breaches(), 1);
	talk_check();
}

static uintptr_t held(void)
{
	begin();
	do_connect(SID_OPEN, 2, NEVER);
	return (uintptr_t)comes(SIGNAL_OPEN).handle;
}

static void misuse_stops_it(void **state)
{
	uintptr_t h = held();
	(void)state;

	refused(h + 0x100, 0, PSA_WAIT_ANY, at(0));
	h = held();
	refused(h, (uint32_t)PSA_ERROR_GENERIC_ERROR, PSA_WAIT_ANY, at(0));	/* no answer to a connection */
	h = held();
	refused(h, 0, 0, at(0));
	h = held();
	refused(h, 0, 1 << 30, at(0));
	refused(held(), 0, PSA_WAIT_ANY, 0);
	h = held();				/* first: at() and image_at() are of who runs */
	refused(h, 0, PSA_WAIT_ANY, image_at(64));
	h = held();
	refused(h, 0, PSA_WAIT_ANY, (uintptr_t)talker[0].ram);
	h = held();
	refused(h, 0, PSA_WAIT_ANY, service_at(2)->plan.ram + service_at(2)->plan.ram_extent - sizeof(psa_msg_t) + 1);
}

/* Only the main thread waits. */
static void in_a_thread_it_stops_the_service(void **state)
{
	(void)state;
	held();
	new_thread(13);
	assert_int_equal(running(), 2);
	assert_ptr_not_equal(core_current(), service_at(2)->main);
	refused(PSA_NULL_HANDLE, 0, PSA_WAIT_ANY, at(0));
}

/* What was refused has not replied: the client learns of the server's end instead. */
static void misuse_gives_no_reply(void **state)
{
	uintptr_t h = held();
	struct thread *client = service_at(1)->main;
	(void)state;

	refused(h, 0, PSA_WAIT_ANY, 0);
	assert_int_equal((psa_status_t)value(client), PSA_ERROR_COMMUNICATION_FAILURE);
}

/* One of its own threads is the client that it says has erred: the whole service ends, and does not wait. */
static void it_may_stop_itself(void **state)
{
	static const uint8_t priority[TALKERS] = { 8, 12, 9, 12, 8 };
	(void)state;

	talk_begin(priority);
	next(PSA_NULL_HANDLE, 0, PSA_WAIT_ANY, NEVER);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 3);
	struct thread *client = request(HANDLE_STATELESS);
	psa_msg_t m = comes(SIGNAL_STATELESS);

	next(m.handle, PSA_ERROR_PROGRAMMER_ERROR, PSA_WAIT_ANY, NEVER);
	assert_int_equal(client->state, THREAD_FREE);
	assert_true(breached(3));
	assert_int_equal(service_at(2)->main->state, THREAD_SIGNAL);
	assert_int_equal(running(), 1);
	talk_check_quiet();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connection_lives_by_it),
		cmocka_unit_test(what_waits_already_is_taken_at_once),
		cmocka_unit_test(other_signals_come_without_a_message),
		cmocka_unit_test(others_wait_on),
		cmocka_unit_test(a_message_that_has_left_is_passed_over),
		cmocka_unit_test(its_deadline_passes_and_the_reply_was_given),
		cmocka_unit_test(a_signal_for_who_runs_changes_no_result),
		cmocka_unit_test(psa_wait_after_it_takes_nothing),
		cmocka_unit_test(misuse_stops_it),
		cmocka_unit_test(in_a_thread_it_stops_the_service),
		cmocka_unit_test(misuse_gives_no_reply),
		cmocka_unit_test(it_may_stop_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
