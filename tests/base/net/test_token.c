/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"
#include "token.h"

static void tokens_are_found_and_never_twice_the_same(void **state)
{
	(void)state;
	for (int of = TOKEN_OF_RIG; of <= TOKEN_OF_STORE; of++) {
		const char *one = token_make((enum token_of)of, &scratch), *other = token_make((enum token_of)of, &scratch);

		assert_int_equal(strncmp(one, token_prefix((enum token_of)of), strlen(token_prefix((enum token_of)of))), 0);
		assert_true(strlen(one) <= TOKEN_SIZE_MAX);
		assert_string_not_equal(one, other);
		assert_true(token_is_one((enum token_of)of, one));
		assert_true(token_is(one, token_hash(one, &scratch)));
		assert_false(token_is(other, token_hash(one, &scratch)));
		assert_null(strstr(token_hash(one, &scratch), one + 4));
	}
}

static void no_changed_digit_is_the_token(void **state)
{
	(void)state;
	char *token = arena_printf(&scratch, "%s", token_make(TOKEN_OF_RIG, &scratch));
	const char *hash = token_hash(token, &scratch);

	for (size_t i = 0; i < strlen(token); i++) {
		char kept = token[i];

		token[i] = kept == '0' ? '1' : '0';
		assert_false(token_is(token, hash));
		token[i] = '\0';
		assert_false(token_is(token, hash));
		token[i] = kept;
	}
	assert_true(token_is(token, hash));
	assert_false(token_is(token, ""));
	assert_false(token_is(token, arena_printf(&scratch, "%s0", hash)));
	assert_false(token_is(token, arena_printf(&scratch, "%.70s", hash)));
}

/* Who finds such a text in a log can tell whether it was a token. */
static void the_checksum_finds_each_changed_digit(void **state)
{
	(void)state;
	char *token = arena_printf(&scratch, "%s", token_make(TOKEN_OF_STORE, &scratch));

	for (size_t i = 3; i < strlen(token); i++) {
		char kept = token[i];

		token[i] = kept == '0' ? '1' : '0';
		assert_false(token_is_one(TOKEN_OF_STORE, token));
		token[i] = kept;
	}
	assert_true(token_is_one(TOKEN_OF_STORE, token));
	assert_false(token_is_one(TOKEN_OF_RIG, token));
	assert_false(token_is_one(TOKEN_OF_STORE, arena_printf(&scratch, "%s0", token)));
}

static void only_a_bearer_has_a_token(void **state)
{
	(void)state;
	const char *token = token_make(TOKEN_OF_RIG, &scratch);

	assert_string_equal(token_of_header(TOKEN_OF_RIG, arena_printf(&scratch, "Bearer %s", token)), token);
	assert_null(token_of_header(TOKEN_OF_STORE, arena_printf(&scratch, "Bearer %s", token)));
	assert_null(token_of_header(TOKEN_OF_RIG, NULL));
	assert_null(token_of_header(TOKEN_OF_RIG, token));
	assert_null(token_of_header(TOKEN_OF_RIG, arena_printf(&scratch, "Basic %s", token)));
	assert_null(token_of_header(TOKEN_OF_RIG, arena_printf(&scratch, "Bearer %s ", token)));
	assert_null(token_of_header(TOKEN_OF_RIG, "Bearer msr_"));
	assert_false(token_is_hash(token));
	assert_true(token_is_hash(token_hash(token, &scratch)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(tokens_are_found_and_never_twice_the_same),
		scratch_test(no_changed_digit_is_the_token),
		scratch_test(the_checksum_finds_each_changed_digit),
		scratch_test(only_a_bearer_has_a_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
