/* SPDX-License-Identifier: Apache-2.0 */
/* What the trace build notes: core's own files with its notes in front, and the ring read as bytes. */
#include <string.h>

#include "board.h"
#include "talk.h"
#include "trace.h"
#include "trace_note.h"

extern struct trace_head trace_ring;

/* What the linker leaves for records on a device: here it is this, behind the head. */
enum { ROOM = 70, CAPACITY = 64 };
__attribute__((section("ms_trace"), used)) struct trace_record trace_room[ROOM];

static const uint8_t usual[TALKERS] = { 9, 12, 8, 12, 8 };

static struct trace_head head(void)
{
	struct trace_head h;

	assert_int_equal(trace_head_decode(BYTES_OF(trace_ring), &h), MS_OK);
	assert_int_equal(h.capacity, CAPACITY);
	return h;
}

static struct trace_record record(uint32_t number)
{
	struct trace_head h = head();
	struct trace_record r;
	const uint8_t *at = (const uint8_t *)&trace_ring + trace_offset(&h, number);

	assert_int_equal(trace_record_decode((struct bytes){ at, TRACE_RECORD_SIZE }, number, &r), MS_OK);
	return r;
}

/* The last but `back` of the records of a kind; fails when there is none. */
static struct trace_record last_of(enum trace_kind kind, unsigned back)
{
	struct trace_head h = head();

	for (uint32_t n = h.next - 1; n && n + CAPACITY >= h.next; n--) {
		struct trace_record r = record(n);

		if (r.kind == kind && back-- == 0)
			return r;
	}
	fail_msg("no record of kind %s", trace_kind_name(kind));
	return (struct trace_record){ 0 };
}

static void begin(void)
{
	talk_ready(usual);
	assert_int_equal(running(), 1);
}

static void a_call_is_noted_from_its_client_to_its_server_and_back(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	request(h);
	psa_msg_t m = server_gets(2, SIGNAL_OPEN);

	reply(m.handle, -7);
	struct trace_record send = last_of(TRACE_SEND, 0), take = last_of(TRACE_TAKE, 0), back = last_of(TRACE_REPLY, 0);

	assert_true(send.number < take.number && take.number < back.number);
	assert_int_equal(send.service, 1);
	assert_int_equal(send.argument[2], 2);
	assert_int_equal(take.service, 2);
	assert_int_equal(take.argument[2], 1);
	assert_int_equal(back.service, 2);
	assert_int_equal((int32_t)back.argument[1], -7);
	assert_true(send.code == take.code && take.code == back.code);
	assert_true(send.argument[0] == SID_OPEN && take.argument[0] == SID_OPEN && back.argument[0] == SID_OPEN);
	assert_int_equal((int32_t)last_of(TRACE_SEND, 1).argument[1], PSA_IPC_CONNECT);
}

static void a_call_whose_deadline_passes_is_noted_as_abandoned(void **state)
{
	(void)state;
	begin();
	psa_handle_t h = connected(SID_OPEN, SIGNAL_OPEN);

	call(h, 0, 0, 0, 0, 0, clock_now() + 5 * MSEC);
	fake_pass(6 * MSEC);
	struct trace_record r = last_of(TRACE_ABANDON, 0);

	assert_int_equal(r.service, 1);
	assert_int_equal(r.argument[0], SID_OPEN);
}

static void failures_ends_and_starts_are_noted(void **state)
{
	(void)state;
	begin();
	request(12345);			/* no handle of its own */
	struct trace_record what = last_of(TRACE_EVENT, 0), end = last_of(TRACE_END, 0);

	assert_int_equal(what.service, 1);
	assert_int_equal(what.code, EVENT_FAULT);
	assert_int_equal(what.argument[0], CORE_CAUSE_PROTOCOL);
	assert_int_equal(end.service, 1);
	assert_true(what.number < end.number);
	fake_pass(200 * MSEC);
	struct trace_record again = last_of(TRACE_START, 0);

	assert_int_equal(again.service, 1);
	assert_int_equal(again.argument[0], 2);
	assert_true(end.number < again.number && end.time_nsec < again.time_nsec);
}

static void numbers_and_times_go_on_round_the_ring(void **state)
{
	(void)state;
	begin();
	uint32_t from = head().next, first, lost;

	for (uint32_t i = 0; i < 3 * CAPACITY; i++) {
		fake_pass(1000);
		trace_note(service_at(3), i, TRACE_INTERRUPT, i, 0, 0, 0);
		assert_int_equal(head().next, from + i + 1);
	}
	struct trace_head h = head();
	uint32_t count = trace_window(&h, from, &first, &lost);

	assert_int_equal(count, CAPACITY);
	assert_int_equal(lost, 2 * CAPACITY);
	for (uint32_t i = 0; i + 1 < count; i++) {
		struct trace_record a = record(first + i), b = record(first + i + 1);

		assert_int_equal(b.time_nsec - a.time_nsec, 1000);
		assert_int_equal(a.thread, first + i - from);
	}
}

/* Once round the ring it stands at one place, then at the other. */
static void a_full_ring_is_told_at_two_places_in_turn(void **state)
{
	(void)state;
	uint32_t places[4];

	begin();
	for (unsigned round = 0; round < 4; round++) {
		do
			trace_note(NULL, 0, TRACE_INTERRUPT, 300, 0, 0, 0);
		while ((head().next - 1) % CAPACITY);
		places[round] = head().place;
	}
	assert_int_equal(record(head().next - 1).code, TRACE_CODE_MAX);
	assert_true(places[0] && places[0] != places[1]);
	assert_true(places[0] == places[2] && places[1] == places[3]);
}

static void only_another_thread_is_a_switch(void **state)
{
	(void)state;
	begin();
	const struct thread *t = core_current();
	uint32_t next = head().next;

	trace_resume(t);
	trace_resume(t);
	assert_int_equal(head().next, next + 1);
	assert_int_equal(last_of(TRACE_RUN, 0).service, 1);
	trace_resume(NULL);
	assert_int_equal(last_of(TRACE_RUN, 0).service, 0);
	trace_resume(t);
	trace_end(t->service);
	trace_resume(t);		/* another one in the same place */
	assert_int_equal(head().next, next + 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_noted_from_its_client_to_its_server_and_back),
		cmocka_unit_test(a_call_whose_deadline_passes_is_noted_as_abandoned),
		cmocka_unit_test(failures_ends_and_starts_are_noted),
		cmocka_unit_test(numbers_and_times_go_on_round_the_ring),
		cmocka_unit_test(a_full_ring_is_told_at_two_places_in_turn),
		cmocka_unit_test(only_another_thread_is_a_switch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
