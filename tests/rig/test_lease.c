/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lease.h"

#define SEC UINT64_C(1000000000)

static void who_comes_first_is_first(void **state)
{
	(void)state;
	struct lease l = { 0 };
	uint64_t ann = 0, ben = 0, cid = 0;
	uint32_t ahead;

	assert_true(lease_ask(&l, "ann", true, 0, &ann, &ahead));
	lease_begin(&l, "ann", ann, 0, 30 * SEC);
	assert_false(lease_ask(&l, "ben", true, SEC, &ben, &ahead));
	assert_int_equal(ahead, 1);
	assert_false(lease_ask(&l, "cid", true, SEC, &cid, &ahead));
	assert_int_equal(ahead, 2);
	lease_end(&l);
	assert_false(lease_ask(&l, "cid", true, 2 * SEC, &cid, &ahead));
	assert_true(lease_ask(&l, "ben", true, 2 * SEC, &ben, &ahead));
}

static void a_board_that_is_still_driven_is_nobody_s(void **state)
{
	(void)state;
	struct lease l = { 0 };
	uint64_t ticket = 0;
	uint32_t ahead;

	assert_false(lease_ask(&l, "ann", false, 0, &ticket, &ahead));
	assert_true(lease_ask(&l, "ann", true, 0, &ticket, &ahead));
}

static void a_lease_ends_by_itself_and_its_number_is_no_good_afterwards(void **state)
{
	(void)state;
	struct lease l = { .epoch = 41 };

	lease_begin(&l, "ann", 0, 0, 30 * SEC);
	assert_int_equal(l.epoch, 42);
	assert_true(lease_is(&l, "ann", 42, 30 * SEC - 1));
	assert_false(lease_is(&l, "ann", 42, 30 * SEC));
	assert_false(lease_tick(&l, 30 * SEC - 1));
	assert_true(lease_tick(&l, 30 * SEC));
	assert_false(lease_tick(&l, 31 * SEC));
	lease_begin(&l, "ben", 0, 31 * SEC, 30 * SEC);
	assert_false(lease_is(&l, "ann", 42, 32 * SEC));
	assert_false(lease_is(&l, "ben", 42, 32 * SEC));
	assert_false(lease_is(&l, "ann", 43, 32 * SEC));
	assert_true(lease_is(&l, "ben", 43, 32 * SEC));
}

static void renewing_puts_the_end_off(void **state)
{
	(void)state;
	struct lease l = { 0 };

	lease_begin(&l, "ann", 0, 0, 30 * SEC);
	lease_renew(&l, 29 * SEC, 30 * SEC);
	assert_false(lease_tick(&l, 31 * SEC));
	assert_true(lease_is(&l, "ann", 1, 58 * SEC));
}

static void who_no_longer_asks_loses_the_place(void **state)
{
	(void)state;
	struct lease l = { 0 };
	uint64_t ann = 0, ben = 0;
	uint32_t ahead;

	lease_begin(&l, "zoe", 0, 0, 300 * SEC);
	lease_ask(&l, "ann", true, 0, &ann, &ahead);
	lease_ask(&l, "ben", true, 9 * SEC, &ben, &ahead);
	lease_tick(&l, 11 * SEC);
	assert_int_equal(l.waiting, 1);
	lease_end(&l);
	assert_true(lease_ask(&l, "ben", true, 12 * SEC, &ben, &ahead));
}

static void another_one_s_ticket_is_none(void **state)
{
	(void)state;
	struct lease l = { 0 };
	uint64_t ann = 0;
	uint32_t ahead;

	lease_begin(&l, "zoe", 0, 0, 300 * SEC);
	lease_ask(&l, "ann", true, 0, &ann, &ahead);
	uint64_t stolen = ann;
	lease_end(&l);
	assert_false(lease_ask(&l, "ben", true, 0, &stolen, &ahead));
	assert_int_not_equal(stolen, ann);
	assert_int_equal(ahead, 1);
}

static void a_line_that_is_full_takes_nobody(void **state)
{
	(void)state;
	struct lease l = { 0 };
	uint64_t ticket;
	uint32_t ahead;

	lease_begin(&l, "zoe", 0, 0, 300 * SEC);
	for (int i = 0; i < LEASE_LINE_MAX; i++) {
		ticket = 0;
		lease_ask(&l, "ann", true, 0, &ticket, &ahead);
		assert_int_not_equal(ticket, 0);
	}
	ticket = 0;
	assert_false(lease_ask(&l, "ann", true, 0, &ticket, &ahead));
	assert_int_equal(ticket, 0);
}

/* Whatever is done in whatever order: one holder at most, numbers rise, and the line is within its bounds. */
static void no_order_of_things_gives_a_number_twice(void **state)
{
	(void)state;
	static const char *const users[] = { "ann", "ben", "cid" };
	struct lease l = { 0 };
	uint64_t now = 0, last = 0, tickets[3] = { 0 };
	uint32_t ahead, granted = 0;

	srand(7);
	for (int i = 0; i < 200000; i++) {
		int who = rand() % 3;

		now += (uint64_t)(rand() % 4) * SEC;
		lease_tick(&l, now);
		switch (rand() % 4) {
		case 0:
			if (l.held && lease_is(&l, users[who], l.epoch, now))
				lease_end(&l);
			break;
		case 1:
			if (lease_is(&l, users[who], l.epoch, now))
				lease_renew(&l, now, 5 * SEC);
			break;
		default:
			if (!lease_ask(&l, users[who], rand() % 2, now, &tickets[who], &ahead))
				break;
			assert_false(l.held);
			lease_begin(&l, users[who], tickets[who], now, 5 * SEC);
			assert_true(l.epoch > last);
			last = l.epoch;
			granted++;
		}
		assert_true(l.waiting <= 3);
	}
	assert_true(granted > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_first_is_first),
		cmocka_unit_test(a_board_that_is_still_driven_is_nobody_s),
		cmocka_unit_test(a_lease_ends_by_itself_and_its_number_is_no_good_afterwards),
		cmocka_unit_test(renewing_puts_the_end_off),
		cmocka_unit_test(who_no_longer_asks_loses_the_place),
		cmocka_unit_test(another_one_s_ticket_is_none),
		cmocka_unit_test(a_line_that_is_full_takes_nobody),
		cmocka_unit_test(no_order_of_things_gives_a_number_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
