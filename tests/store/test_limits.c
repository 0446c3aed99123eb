/* SPDX-License-Identifier: Apache-2.0 */
/* Who may ask how often, and numbers that count once. */
#include "scratch.h"

#include <stdio.h>
#include <string.h>

#include "nonces.h"
#include "rate.h"

static const uint64_t second = 1000000000;

/* How many of `tries` at one time they may. */
static unsigned taken(struct rate *r, uint64_t who, unsigned tries, uint64_t now)
{
	unsigned count = 0;

	while (tries--)
		count += rate_take(r, who, now);
	return count;
}

static void some_at_once_and_so_many_a_second_then(void **state)
{
	static struct rate r;

	(void)state;
	r = (struct rate){ .per_sec = 5 };
	assert_int_equal(taken(&r, 7, 1000, second), 50);
	assert_int_equal(taken(&r, 7, 1000, 2 * second), 5);
	assert_int_equal(taken(&r, 7, 1000, 4 * second), 10);
	assert_int_equal(taken(&r, 8, 1000, 4 * second), 50);
	assert_int_equal(taken(&r, 7, 1000, 3600 * second), 50);
}

static void no_limit_is_none(void **state)
{
	static struct rate r;

	(void)state;
	r = (struct rate){ 0 };
	assert_int_equal(taken(&r, 7, 1000, second), 1000);
}

/* A thousand names a second for a minute get no more than the table has places for. */
static void who_comes_under_many_names_gets_no_more_than_the_table_has(void **state)
{
	static struct rate r;
	uint64_t count = 0;

	(void)state;
	r = (struct rate){ .per_sec = 1 };
	for (uint64_t s = 1; s <= 60; s++)
		for (uint64_t who = 1; who <= 20000; who++)
			count += rate_take(&r, s * 1000003 + who, s * second);
	assert_true(count <= RATE_SLOTS * (RATE_BURST_SEC + 60));
}

/* Two whose place is the same do not give each other a full share again and again. */
static void who_has_ones_place_has_what_is_left_there(void **state)
{
	static struct rate r;
	uint64_t count = 0;

	(void)state;
	r = (struct rate){ .per_sec = 1 };
	for (unsigned i = 0; i < 10000; i++)
		count += rate_take(&r, 1 + (uint64_t)(i % (2 * RATE_WAYS)) * RATE_SLOTS, second);
	assert_true(count <= RATE_WAYS * RATE_BURST_SEC);
}

static void a_number_counts_once_and_for_five_minutes(void **state)
{
	static struct nonces n;
	struct arena a = { 0 };

	(void)state;
	n = (struct nonces){ 0 };
	assert_false(nonces_take(&n, "00000000000000000000000000000000", second));
	const char *one = nonces_make(&n, 9 * second, &a), *two = nonces_make(&n, 9 * second, &a);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), CLAIM_NONCE_DIGITS);
	assert_true(nonces_take(&n, one, 10 * second));
	assert_false(nonces_take(&n, one, 10 * second));
	assert_true(nonces_take(&n, two, (9 + NONCE_SEC - 1) * second));
	const char *late = nonces_make(&n, 9 * second, &a);
	assert_false(nonces_take(&n, late, (9 + NONCE_SEC) * second));
	arena_done(&a);
}

static void none_is_guessed_or_brought_from_another_run(void **state)
{
	static struct nonces n, other;
	struct arena a = { 0 };
	char changed[CLAIM_NONCE_DIGITS + 1];

	(void)state;
	n = (struct nonces){ 0 };
	other = (struct nonces){ 0 };
	const char *one = nonces_make(&n, second, &a);
	nonces_make(&other, second, &a);
	assert_false(nonces_take(&other, one, second));
	for (size_t i = 0; i < CLAIM_NONCE_DIGITS; i++) {
		strcpy(changed, one);
		changed[i] = changed[i] == '0' ? '1' : '0';
		assert_false(nonces_take(&n, changed, second));
	}
	assert_false(nonces_take(&n, "", second));
	assert_false(nonces_take(&n, "g", second));
	assert_true(nonces_take(&n, one, second));
	arena_done(&a);
}

/* Asking for very many takes nobody else's away. */
static void a_flood_of_numbers_ends_none(void **state)
{
	static struct nonces n;
	struct arena a = { 0 };

	(void)state;
	n = (struct nonces){ 0 };
	const char *one = nonces_make(&n, second, &a);
	for (int i = 0; i < 20000; i++)
		nonces_make(&n, second, &a);
	assert_true(nonces_take(&n, one, 2 * second));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_at_once_and_so_many_a_second_then), cmocka_unit_test(no_limit_is_none),
		cmocka_unit_test(who_comes_under_many_names_gets_no_more_than_the_table_has), cmocka_unit_test(who_has_ones_place_has_what_is_left_there),
		cmocka_unit_test(a_number_counts_once_and_for_five_minutes), cmocka_unit_test(none_is_guessed_or_brought_from_another_run),
		cmocka_unit_test(a_flood_of_numbers_ends_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
