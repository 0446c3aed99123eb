/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs with commands: which word is the command, whose an option is, and what is said of a wrong one. */
#include "commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "globals.h"

static const char *key, *board;
static bool force;
static int called_with;

static const struct opt add_options[] = {
	OPT_TEXT('k', "key", "FILE", &key, OPT_FILE, "a key"),
	OPT_FLAG('f', "force", &force, "whatever there is"),
	OPT_END
};
static const struct opt start_options[] = { OPT_TEXT(0, "board", "NAME", &board, OPT_BOARD, "a board"), OPT_END };
static const struct page add_page = { .options = add_options }, start_page = { .options = start_options };

static int add(int argc, char **argv, struct arena *a, struct err *e)
{
	(void)a, (void)e;
	assert_string_equal(argv[0], "add");
	called_with = argc;
	return 17;
}

static int start(int argc, char **argv, struct arena *a, struct err *e)
{
	(void)argc, (void)argv, (void)a, (void)e;
	fail_msg("the wrong command was run");
	return 0;
}

static const struct verb commands[] = {
	{ "add", "thing", VERB_HIDDEN, "NAME", "add one", add, &add_page },
	{ "start", "thing", VERB_HIDDEN, "", "start it", start, &start_page },
	{ .name = NULL }
};
static const struct page page = { .commands = commands };
static const struct verb thing = { "thing", NULL, VERB_START, "COMMAND", "things", NULL, &page };

/* The words of a command line, NULL behind the last; how many. */
static int count_of(char *const *argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return argc;
}

#define WORDS(...) (char *[]){ (char *)"thing", __VA_ARGS__, NULL }
#define W(text) ((char *)(text))

static void the_command_is_the_first_word_that_is_no_option_and_no_options_value(void **state)
{
	(void)state;
	const struct { char **argv; int at; } lines[] = {
		{ WORDS(W("add"), W("x")), 1 }, { WORDS(W("--key"), W("add"), W("start")), 3 }, { WORDS(W("--key=add"), W("start")), 2 }, { WORDS(W("-k"), W("add"), W("start")), 3 },
		{ WORDS(W("-kadd"), W("start")), 2 }, { WORDS(W("-f"), W("add")), 2 }, { WORDS(W("-fk"), W("add"), W("start")), 3 }, { WORDS(W("--"), W("add")), 2 },
		{ WORDS(W("-C"), W("folder"), W("add")), 3 }, { WORDS(W("--board"), W("add"), W("start")), 3 }, { WORDS(W("--json")), 2 }, { WORDS(W("--key")), 2 }, { WORDS(W("-"), W("add")), 1 },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(commands_at(&thing, count_of(lines[i].argv), lines[i].argv), lines[i].at);
	assert_int_equal(commands_at(&thing, 1, WORDS(NULL)), 1);
}

static void a_command_is_found_by_its_whole_name(void **state)
{
	(void)state;
	assert_ptr_equal(commands_find(&thing, "add"), &commands[0]);
	assert_ptr_equal(commands_find(&thing, "start"), &commands[1]);
	assert_null(commands_find(&thing, "ad"));
	assert_null(commands_find(&thing, "adds"));
	assert_null(commands_find(&thing, ""));
	assert_string_equal(commands_names(&thing, "|", &arena), "add|start");
}

static void an_unknown_one_is_told_the_nearest_or_all(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(commands_unknown(&thing, "strat", &arena, &e), -MS_EUSAGE);
	assert_string_equal(e.text, "'strat' is not a command of ms thing");
	assert_string_equal(e.fix, "did you mean 'ms thing start'?");
	e = (struct err){ 0 };
	assert_int_equal(commands_unknown(&thing, "quux", &arena, &e), -MS_EUSAGE);
	assert_string_equal(e.fix, "it is one of add|start");
}

static void an_option_of_another_command_is_refused_with_whose_it_is(void **state)
{
	(void)state;
	char **good = WORDS(W("--key"), W("--board"), W("add"), W("-f"), W("--json"), W("-C"), W("--board"), W("--"), W("--board"));
	char **bad = WORDS(W("add"), W("--board=x")), **unknown = WORDS(W("add"), W("--no-such-thing"));
	struct err e = { 0 };

	assert_int_equal(commands_check_options(&thing, &commands[0], count_of(good), good, &e), MS_OK);
	assert_int_equal(commands_check_options(&thing, &commands[0], count_of(bad), bad, &e), -MS_EUSAGE);
	assert_string_equal(e.text, "'--board' is not for 'ms thing add'");
	assert_non_null(strstr(e.fix, "'ms thing start' has it"));
	/* What nobody knows the parser refuses. */
	assert_int_equal(commands_check_options(&thing, &commands[0], count_of(unknown), unknown, &e), MS_OK);
}

static void it_gets_what_stands_behind_its_name(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(commands_run(commands, 4, WORDS(W("add"), W("x"), W("y")), &arena, &e), 17);
	assert_int_equal(called_with, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_command_is_the_first_word_that_is_no_option_and_no_options_value, give_back),
		cmocka_unit_test_teardown(a_command_is_found_by_its_whole_name, give_back),
		cmocka_unit_test_teardown(an_unknown_one_is_told_the_nearest_or_all, give_back),
		cmocka_unit_test_teardown(an_option_of_another_command_is_refused_with_whose_it_is, give_back),
		cmocka_unit_test_teardown(it_gets_what_stands_behind_its_name, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
