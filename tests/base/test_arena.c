/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdalign.h>
#include <stdio.h>

#include "captured.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct arena a = { 0 };
	uint8_t *at[300];

	for (size_t i = 0; i < 300; i++) {
		size_t size = i * i % 5000;
		at[i] = arena_take(&a, size);
		assert_int_equal((uintptr_t)at[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(at[i][k], 0);
		memset(at[i], (int)i, size);
	}
	for (size_t i = 0; i < 300; i++)
		for (size_t k = 0; k < i * i % 5000; k++)
			assert_int_equal(at[i][k], (uint8_t)i);
	arena_done(&a);
	assert_null(a.blocks);
}

static void an_arena_can_be_used_again_after_it_was_given_back(void **state)
{
	(void)state;
	struct arena a = { 0 };

	arena_done(&a);
	assert_string_equal(arena_printf(&a, "%d", 7), "7");
	arena_done(&a);
	assert_string_equal(arena_printf(&a, "%d", 8), "8");
	arena_done(&a);
}

static void large_pieces_come_between_small_ones(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const size_t large = 3 * 1024 * 1024;

	char *first = arena_printf(&a, "first");
	uint8_t *big = arena_take(&a, large);
	char *second = arena_printf(&a, "second");
	memset(big, 0xff, large);
	assert_string_equal(first, "first");
	assert_string_equal(second, "second");
	arena_done(&a);
}

static int take_more_than_there_is(void *with)
{
	struct arena a = { 0 };
	(void)with;

	arena_take(&a, SIZE_MAX / 2);
	return 0;
}

static int take_an_array_that_overflows(void *with)
{
	struct arena a = { 0 };
	(void)with;

	arena_array(&a, uint64_t, SIZE_MAX / 8 + 2);	/* the product is 8 */
	return 0;
}

static void too_much_ends_the_program_with_a_sentence(void **state)
{
	(void)state;
	static struct captured c;

	capture(take_more_than_there_is, NULL, &c);
	assert_int_equal(c.status, 1);
	assert_string_equal(c.out, "");
	assert_non_null(strstr(c.err, "ms: out of memory [MS2110]\n  fix: "));

	capture(take_an_array_that_overflows, NULL, &c);
	assert_int_equal(c.status, 1);
	assert_non_null(strstr(c.err, "out of memory"));
}

static void texts_and_copies_are_our_own(void **state)
{
	(void)state;
	struct arena a = { 0 };
	char from[] = "abc";

	char *text = arena_string(&a, (struct bytes){ (uint8_t *)from, 3 });
	struct bytes copy = arena_copy(&a, (struct bytes){ (uint8_t *)from, 3 });
	from[0] = 'x';
	assert_string_equal(text, "abc");
	assert_int_equal(copy.size, 3);
	assert_memory_equal(copy.at, "abc", 3);
	assert_string_equal(arena_string(&a, (struct bytes){ NULL, 0 }), "");
	arena_done(&a);
}

static void a_list_keeps_what_was_pushed_in_order(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct list l = { 0 };

	for (size_t i = 0; i < 1000; i++)
		list_push(&l, &a, arena_printf(&a, "%zu", i));
	assert_int_equal(l.count, 1000);
	for (size_t i = 0; i < 1000; i++) {
		char expected[16];
		snprintf(expected, sizeof(expected), "%zu", i);
		assert_string_equal(l.at[i], expected);
	}
	arena_done(&a);
}

static void a_text_grows_and_may_hold_nul(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct text t = { 0 };

	text_add(&t, &a, "%s", "");
	assert_int_equal(t.size, 0);
	assert_string_equal(t.at, "");
	for (int i = 0; i < 5000; i++)
		text_add(&t, &a, "%04d ", i);
	assert_int_equal(t.size, 25000);
	assert_memory_equal(t.at + 5 * 4321, "4321 ", 5);
	text_add_bytes(&t, &a, (struct bytes){ (const uint8_t *)"a\0b", 3 });
	text_add_bytes(&t, &a, (struct bytes){ NULL, 0 });
	assert_int_equal(t.size, 25003);
	assert_memory_equal(t.at + 25000, "a\0b", 4);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(an_arena_can_be_used_again_after_it_was_given_back),
		cmocka_unit_test(large_pieces_come_between_small_ones),
		cmocka_unit_test(too_much_ends_the_program_with_a_sentence),
		cmocka_unit_test(texts_and_copies_are_our_own),
		cmocka_unit_test(a_list_keeps_what_was_pushed_in_order),
		cmocka_unit_test(a_text_grows_and_may_hold_nul),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
