/* SPDX-License-Identifier: Apache-2.0 */
#include "opt.h"

#include <limits.h>
#include <string.h>

#include "captured.h"

static bool release, all;
static int verbose;
static const char *board, *folder, *colour;
static struct list defines;
static uint32_t jobs, big;
static struct arena arena;
static struct err err;

static const struct opt common[] = {
	OPT_COUNT('v', "verbose", &verbose, "say more"),
	OPT_TEXT('C', NULL, "DIR", &folder, OPT_FOLDER, "go there first"),
	OPT_CHOOSE(0, "color", &colour, "auto|always|never", "when to use colour"),
	OPT_END
};
static const struct opt own[] = {
	OPT_FLAG('r', "release", &release, "optimise"),
	OPT_FLAG(0, "all", &all, "everything"),
	OPT_TEXT('b', "board", "BOARD", &board, OPT_BOARD, "which board"),
	OPT_LIST('D', "define", "NAME", &defines, OPT_ANY, "define a macro"),
	OPT_NUMBER('j', "jobs", "N", &jobs, 1, 64, "how many at once"),
	OPT_NUMBER(0, "big", "N", &big, 0, UINT32_MAX, "any number"),
	OPT_END
};
static const struct opt *const tables[] = { own, common, NULL };

static int start(void **state)
{
	(void)state;
	release = all = false;
	verbose = 0;
	jobs = big = 7;
	board = folder = colour = NULL;
	defines = (struct list){ 0 };
	memset(&err, 0, sizeof(err));
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static char *argv[32];

static int parse(const char *const words[])
{
	int argc = 0;

	argv[argc++] = arena_printf(&arena, "build");
	for (; words[argc - 1]; argc++)
		argv[argc] = arena_printf(&arena, "%s", words[argc - 1]);
	return opt_parse(argc, argv, tables, &arena, &err);
}
#define PARSE(...) parse((const char *const[]){ __VA_ARGS__, NULL })

static void refused(int rc, const char *text, const char *fix)
{
	assert_int_equal(rc, -MS_EUSAGE);
	assert_int_equal(err.code, -MS_EUSAGE);
	assert_string_equal(err.text, text);
	assert_string_equal(err.fix, fix);
}

static void options_are_read_in_every_spelling(void **state)
{
	(void)state;

	assert_int_equal(PARSE("--release", "--board=b1", "--jobs", "4", "-DX", "-D", "Y=1", "--define=Z"), 0);
	assert_true(release);
	assert_false(all);
	assert_string_equal(board, "b1");
	assert_int_equal(jobs, 4);
	assert_int_equal(defines.count, 3);
	assert_string_equal(defines.at[0], "X");
	assert_string_equal(defines.at[1], "Y=1");
	assert_string_equal(defines.at[2], "Z");
}

static void letters_can_be_combined(void **state)
{
	(void)state;

	assert_int_equal(PARSE("-vvrj8", "-vC", "some dir"), 0);
	assert_int_equal(verbose, 3);
	assert_true(release);
	assert_int_equal(jobs, 8);
	assert_string_equal(folder, "some dir");
}

static void operands_move_to_the_front_in_their_order(void **state)
{
	(void)state;

	assert_int_equal(PARSE("one", "-v", "two", "--board", "b", "-", "--", "-r", "--", "--no"), 6);
	static const char *const expected[] = { "one", "two", "-", "-r", "--", "--no" };
	for (int i = 0; i < 6; i++)
		assert_string_equal(argv[1 + i], expected[i]);
	assert_false(release);
	assert_int_equal(PARSE(NULL), 0);
}

static void a_value_may_look_like_anything(void **state)
{
	(void)state;

	assert_int_equal(PARSE("--board", "--release", "-D=", "--define=a=b"), 0);
	assert_string_equal(board, "--release");
	assert_string_equal(defines.at[0], "=");
	assert_string_equal(defines.at[1], "a=b");
	assert_false(release);
}

static void an_unknown_option_names_the_nearest(void **state)
{
	(void)state;

	refused(PARSE("--relase"), "unknown option '--relase'", "did you mean '--release'?");
	refused(PARSE("--baord=x"), "unknown option '--baord'", "did you mean '--board'?");
	refused(PARSE("--Release"), "unknown option '--Release'", "did you mean '--release'?");
	refused(PARSE("--rel"), "unknown option '--rel'", "did you mean '--release'?");
	refused(PARSE("--lla"), "unknown option '--lla'", "--help lists the options");
	refused(PARSE("--xyzzy"), "unknown option '--xyzzy'", "--help lists the options");
	refused(PARSE("-release"), "unknown option '-e'", "did you mean '--release'?");
	refused(PARSE("-V"), "unknown option '-V'", "did you mean '-v'?");
	refused(PARSE("-c", "x"), "unknown option '-c'", "did you mean '-C'?");
	refused(PARSE("-vx"), "unknown option '-x'", "--help lists the options");
	refused(PARSE("-\xc3\xa4"), "unknown option '-\xc3\xa4'", "--help lists the options");
	refused(PARSE("--=x"), "unknown option '--'", "--help lists the options");
}

static void a_value_is_needed_or_not_allowed(void **state)
{
	(void)state;

	refused(PARSE("--board"), "'--board' needs a value: BOARD", "");
	refused(PARSE("-vC"), "'-C' needs a value: DIR", "");
	refused(PARSE("--board="), "'--board' needs a value that is not empty", "");
	refused(PARSE("--board", ""), "'--board' needs a value that is not empty", "");
	refused(PARSE("--release=yes"), "'--release' takes no value", "");
	refused(PARSE("--release="), "'--release' takes no value", "");
}

static void a_number_is_in_its_range(void **state)
{
	(void)state;
	static const char *const wrong[] = { "0", "65", "-1", "+1", "1.5", "0x10", "4x", " 4", "x", "4294967297",
					     "18446744073709551617", "99999999999999999999999" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		refused(PARSE("--jobs", wrong[i]),
			arena_printf(&arena, "'--jobs' needs a number from 1 to 64, not '%s'", wrong[i]), "");
		assert_int_equal(jobs, 7);
	}
	assert_int_equal(PARSE("-j1"), 0);
	assert_int_equal(jobs, 1);
	assert_int_equal(PARSE("-j64", "--big=4294967295"), 0);
	assert_int_equal(jobs, 64);
	assert_int_equal(big, UINT32_MAX);
	assert_int_equal(PARSE("--big=4294967296"), -MS_EUSAGE);
}

static void a_choice_is_one_of_its_list(void **state)
{
	(void)state;

	assert_int_equal(PARSE("--color", "never"), 0);
	assert_string_equal(colour, "never");
	start(NULL);
	refused(PARSE("--color=alway"), "'--color' needs one of auto|always|never, not 'alway'", "did you mean 'always'?");
	refused(PARSE("--color=blue"), "'--color' needs one of auto|always|never, not 'blue'", "");
	refused(PARSE("--color=auto|always"), "'--color' needs one of auto|always|never, not 'auto|always'", "");
	assert_null(colour);
}

static void a_second_value_is_refused_but_flags_may_repeat(void **state)
{
	(void)state;

	refused(PARSE("--board=a", "-b", "a"), "'--board' is given twice", "");
	refused(PARSE("-Ca", "-Cb"), "'-C' is given twice", "");
	refused(PARSE("-j2", "--jobs=3"), "'--jobs' is given twice", "");
	assert_int_equal(PARSE("-rr", "--release", "-Da", "-Db"), 0);
}

static void the_nearest_is_near(void **state)
{
	(void)state;
	static const char *const names[] = { "memory", "name", "c", "version", "vendor" };
	enum { COUNT = sizeof(names) / sizeof(names[0]) };

	assert_string_equal(opt_nearest("memry", names, COUNT), "memory");	/* one missing */
	assert_string_equal(opt_nearest("memmory", names, COUNT), "memory");	/* one too much */
	assert_string_equal(opt_nearest("mamory", names, COUNT), "memory");	/* another */
	assert_string_equal(opt_nearest("emmory", names, COUNT), "memory");	/* swapped */
	assert_string_equal(opt_nearest("emmorz", names, COUNT), "memory");	/* two edits */
	assert_null(opt_nearest("emmrz", names, COUNT));			/* three */
	assert_string_equal(opt_nearest("memory", names, COUNT), "memory");
	assert_string_equal(opt_nearest("NAME", names, COUNT), "name");
	assert_string_equal(opt_nearest("m\xc3\xa4mory", names, COUNT), "memory");
	assert_string_equal(opt_nearest("ver", names, COUNT), "version");		/* begins with it */
	assert_null(opt_nearest("v", names, COUNT));
	assert_null(opt_nearest("mean", names + 1, 1));				/* as much differs as is alike */
	assert_null(opt_nearest("naxm", names + 1, 1));				/* not swapped with anything */
	assert_null(opt_nearest("x", names, COUNT));
	assert_null(opt_nearest("", names, COUNT));
	assert_null(opt_nearest("memory", NULL, 0));

	char longest[500];
	memset(longest, 'm', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_null(opt_nearest(longest, names, COUNT));
}

/* Who looks for the first operand without having parsed skips the values of options. */
static void a_word_tells_whether_the_next_one_is_its_value(void **state)
{
	(void)state;
	static const struct { const char *word, *option; bool takes; } cases[] = {
		{ "--board", "board", true }, { "--board=x", "board", false }, { "--boar", NULL, false }, { "--release", "release", false }, { "--", NULL, false },
		{ "-b", "board", true }, { "-bx", "board", false }, { "-rb", "release", true }, { "-rbb", "release", false }, { "-r", "release", false },
		{ "-rx", "release", false }, { "-xb", NULL, false }, { "-", NULL, false }, { "board", NULL, false }, { "", NULL, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct opt *o = opt_of(cases[i].word, own);

		assert_int_equal(o != NULL, cases[i].option != NULL);
		if (o)
			assert_string_equal(o->name, cases[i].option);
		assert_int_equal(opt_takes_next(cases[i].word, own), cases[i].takes);
	}
	assert_null(opt_of("--board", NULL));
}

#define opt_test(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		opt_test(options_are_read_in_every_spelling),
		opt_test(letters_can_be_combined),
		opt_test(operands_move_to_the_front_in_their_order),
		opt_test(a_value_may_look_like_anything),
		opt_test(an_unknown_option_names_the_nearest),
		opt_test(a_value_is_needed_or_not_allowed),
		opt_test(a_number_is_in_its_range),
		opt_test(a_choice_is_one_of_its_list),
		opt_test(a_second_value_is_refused_but_flags_may_repeat),
		opt_test(the_nearest_is_near),
		opt_test(a_word_tells_whether_the_next_one_is_its_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
