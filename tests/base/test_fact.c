/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of what is signed: nothing that is only like one is taken for it. */
#include "scratch.h"

#include <string.h>

#include "fact.h"

static void a_fact_is_taken_and_the_next_line_follows(void **state)
{
	char text[] = "# store: here\n# nonce: 17\nrest";
	char *at = text;

	(void)state;
	assert_string_equal(fact_take(&at, "store"), "here");
	assert_string_equal(fact_take(&at, "nonce"), "17");
	assert_string_equal(at, "rest");
}

static void what_is_only_like_it_is_left_where_it_is(void **state)
{
	static const char *const others[] = { "", "# store: here", "#store: here\n", "# stores: here\n", "# store:here\n", "# Store: here\n", " # store: here\n", "# nonce: 1\n", "# sto\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		char text[32];
		char *at = strcpy(text, others[i]);

		assert_null(fact_take(&at, "store"));
		assert_ptr_equal(at, text);
		assert_string_equal(text, others[i]);
	}
}

static void bytes_come_back_from_their_digits_alone(void **state)
{
	static const uint8_t bytes[] = { 0x00, 0x9a, 0xff };
	static const char *const others[] = { "", "009af", "009aff0", "009aFF", "009ag0", "009a f", "0x9aff" };
	struct text t = { 0 };
	uint8_t back[3];

	(void)state;
	fact_add_hex(&t, &scratch, bytes, sizeof(bytes));
	assert_string_equal(t.at, "009aff");
	assert_true(fact_from_hex(t.at, back, sizeof(back)));
	assert_memory_equal(back, bytes, sizeof(bytes));
	assert_false(fact_from_hex(NULL, back, sizeof(back)));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(fact_from_hex(others[i], back, sizeof(back)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_fact_is_taken_and_the_next_line_follows),
		scratch_test(what_is_only_like_it_is_left_where_it_is),
		scratch_test(bytes_come_back_from_their_digits_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
