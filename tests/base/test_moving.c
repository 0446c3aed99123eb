/* SPDX-License-Identifier: Apache-2.0 */
/* How far something is, said on streams that are no terminals.  The clock is asked, never waited for: calls go on until the second they are about is over. */
#include "captured.h"

#include "moving.h"
#include "out.h"
#include "process.h"

static struct captured c;

/* Calls for a second, and once more after it; a computer that was busy for long meanwhile may have said it more than once. */
static int move(void *options)
{
	out_init("add", options);
	for (uint64_t begun = process_now_nsec(); process_now_nsec() - begun < UINT64_C(1000000000); usleep(1000))
		moving_tell("KiB", 12, 33);
	moving_tell("KiB", 12, 33);
	moving_end();
	moving_tell("KiB", 1, 0);	/* a first one again */
	return out_finish(NULL, 0);
}

static void a_person_hears_it_once_it_takes_more_than_a_second(void **state)
{
	(void)state;
	capture(move, &(struct out_options){ 0 }, &c);
	assert_string_equal(c.out, "");
	assert_int_equal(strncmp(c.err, "12 of 33 KiB\n", 13), 0);
	assert_null(strstr(c.err, "1 KiB"));
}

static void a_program_hears_it_as_an_event(void **state)
{
	(void)state;
	capture(move, &(struct out_options){ .json = true }, &c);
	assert_string_equal(c.err, "");
	static const char first[] = "{\"v\":1,\"type\":\"progress\",\"unit\":\"KiB\",\"done\":12,\"of\":33}\n";
	assert_int_equal(strncmp(c.out, first, strlen(first)), 0);
}

static void who_wants_quiet_hears_nothing(void **state)
{
	(void)state;
	capture(move, &(struct out_options){ .quiet = true }, &c);
	assert_string_equal(c.err, "");
	capture(move, &(struct out_options){ .quiet = true, .json = true }, &c);
	assert_null(strstr(c.out, "progress"));
}

static int relay(void *options)
{
	out_init("add", options);
	moving_relay("packages", 7, 0);
	moving_relay("packages", 8, 0);
	return out_finish(NULL, 0);
}

/* Another program has waited for the second already; what it says at once again is for a terminal alone. */
static void what_is_relayed_is_said_at_once_and_not_too_often(void **state)
{
	(void)state;
	capture(relay, &(struct out_options){ 0 }, &c);
	assert_int_equal(strncmp(c.err, "7 packages\n", 11), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_hears_it_once_it_takes_more_than_a_second),
		cmocka_unit_test(a_program_hears_it_as_an_event),
		cmocka_unit_test(who_wants_quiet_hears_nothing),
		cmocka_unit_test(what_is_relayed_is_said_at_once_and_not_too_often),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
