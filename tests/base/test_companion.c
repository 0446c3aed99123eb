/* SPDX-License-Identifier: Apache-2.0 */
#include "companion.h"

#include <stdio.h>

#include "captured.h"

static bool fast;
static int verbose;
static const char *state, *said_operand;
static struct list boards;
static uint32_t lease;
static size_t ran;

static const struct opt options[] = {
	OPT_FLAG(0, "fast", &fast, "no waits"),
	OPT_COUNT(0, "loud", &verbose, "say more"),
	OPT_TEXT(0, "state", "DIR", &state, OPT_FOLDER, "where"),
	OPT_LIST('b', "board", "BOARD", &boards, OPT_BOARD, "which"),
	OPT_NUMBER(0, "lease", "SECONDS", &lease, 1, 3600, "how long"),
	OPT_END
};

static const struct companion_command commands[] = { { "serve", 0, 0, NULL }, { "login", 2, 3, NULL } };

static int run(size_t at, const char *const *operands, struct arena *a, struct err *e)
{
	(void)a;
	if (operands[0] && !strcmp(operands[0], "there"))
		return err_set(e, ERR_EXISTS, "it is there");
	ran = at;
	said_operand = operands[0];
	return at ? 5 : 0;
}

static const struct companion companion = { "rig", options, commands, 2, run };

struct words {
	int count;
	const char *at[8];
};

static int begin(void *with)
{
	struct words *w = with;

	return companion_main(&companion, w->count, (char **)w->at);
}

static int begin_and_show(void *with)
{
	int status = begin(with);

	dprintf(STDOUT_FILENO, "%zu %s %s %u\n", ran, said_operand ? said_operand : "-", state ? state : "-", lease);
	return status;
}

static void given_options_become_words_and_others_do_not(void **state_unused)
{
	static const char *const wanted[] = { "--fast", "--loud", "--loud", "--board", "a", "--board", "b c", "--lease", "30" };
	struct arena a = { 0 };
	struct list words = { 0 };

	(void)state_unused;
	fast = true;
	verbose = 2;
	lease = 30;
	list_push(&boards, &a, (void *)"a");
	list_push(&boards, &a, (void *)"b c");
	companion_options(&words, options, &a);
	assert_int_equal(words.count, sizeof(wanted) / sizeof(*wanted));
	for (size_t i = 0; i < words.count; i++)
		assert_string_equal(words.at[i], wanted[i]);
	fast = false;
	verbose = 0;
	lease = 0;
	boards = (struct list){ 0 };
	words.count = 0;
	companion_options(&words, options, &a);
	assert_int_equal(words.count, 0);
	arena_done(&a);
}

static void command_runs_with_its_operands_and_gives_the_status(void **state_unused)
{
	struct words w = { 7, { "ms-rig", "--lease=9", "--json", "--", "login", "desk", "--state" } };
	struct captured c;

	(void)state_unused;
	capture(begin_and_show, &w, &c);
	assert_int_equal(c.status, 5);
	assert_non_null(strstr(c.out, "1 desk - 9\n"));
}

static void expect_refusal(struct words w, const char *text)
{
	struct captured c;

	capture(begin, &w, &c);
	assert_int_equal(c.status, 2);
	assert_string_equal(c.out, "");
	if (!strstr(c.err, text))
		fail_msg("'%s' is not in: %s", text, c.err);
}

static void wrong_words_are_refused_with_the_fix(void **state_unused)
{
	(void)state_unused;
	expect_refusal((struct words){ 1, { "ms-rig" } }, "the command is missing");
	expect_refusal((struct words){ 2, { "ms-rig", "sreve" } }, "did you mean 'ms rig serve'?");
	expect_refusal((struct words){ 2, { "ms-rig", "xyz" } }, "'ms help rig' lists them");
	expect_refusal((struct words){ 3, { "ms-rig", "login", "a" } }, "'login' takes at least 2 operands");
	expect_refusal((struct words){ 6, { "ms-rig", "login", "a", "b", "c", "d" } }, "'login' takes at most 3 operands");
	expect_refusal((struct words){ 3, { "ms-rig", "serve", "a" } }, "'serve' takes 0 operands");
	expect_refusal((struct words){ 3, { "ms-rig", "serve", "--lease=0" } }, "--lease");
}

static void a_failure_without_a_fix_gets_the_usual_one(void **state_unused)
{
	struct words w = { 4, { "ms-rig", "login", "there", "b" } };
	struct captured c;

	(void)state_unused;
	capture(begin, &w, &c);
	assert_int_equal(c.status, 1);
	assert_non_null(strstr(c.err, "ms rig: it is there [MS2104]\n  fix: "));
}

static int become_nothing(void *with)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct list none = { 0 };
	const char *argv[] = { "ms", NULL };

	(void)with;
	int rc = companion_become("ms-nothing-of-that-name", &none, 1, (char **)argv, &a, &e);

	return rc == -MS_ETOOL && e.code == -MS_ETOOL && strstr(e.fix, "./install.sh") ? 0 : 1;
}

static void one_that_is_not_there_is_a_missing_tool(void **state_unused)
{
	struct captured c;

	(void)state_unused;
	capture(become_nothing, NULL, &c);
	assert_int_equal(c.status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(given_options_become_words_and_others_do_not),
		cmocka_unit_test(command_runs_with_its_operands_and_gives_the_status),
		cmocka_unit_test(wrong_words_are_refused_with_the_fix),
		cmocka_unit_test(a_failure_without_a_fix_gets_the_usual_one),
		cmocka_unit_test(one_that_is_not_there_is_a_missing_tool),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
