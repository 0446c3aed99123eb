/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

/* Something to read, in sentences: no line break, and nothing at the ends. */
static bool is_prose(const char *text)
{
	size_t size = text ? strlen(text) : 0;

	return size > 10 && !strchr(text, '\n') && text[0] != ' ' && text[size - 1] == '.';
}

static void every_code_has_a_whole_page(void **state)
{
	(void)state;

	for (size_t i = 0; i < explanation_count; i++) {
		const struct explanation *x = &explanations[i];

		if (!is_prose(x->page->cause) || !is_prose(x->page->remedy) || !x->page->example || !*x->page->example)
			fail_msg("the page of %s, '%s', is not whole", x->id, x->title);
		if (x->title[strlen(x->title) - 1] == '.' || strlen(x->title) > 76)
			fail_msg("the title of %s is not a few words", x->id);
	}
}

static void numbers_rise_and_are_as_written(void **state)
{
	(void)state;

	for (size_t i = 0; i < explanation_count; i++) {
		assert_int_equal(atoi(explanations[i].id + 2), explanations[i].number);
		assert_int_equal(strlen(explanations[i].id), 6);
		assert_true(i == 0 || explanations[i - 1].number < explanations[i].number);
		assert_ptr_equal(explanation_find(explanations[i].id), &explanations[i]);
	}
}

static void a_code_is_found_however_it_is_typed(void **state)
{
	(void)state;
	static const char *const none[] = { "", "MS", "0", "MS0", "MS01105", "1105 ", "MS11050", "-1105", "MSMS1105", "unknown key" };

	assert_string_equal(explanation_find("ms1105")->id, "MS1105");
	assert_string_equal(explanation_find("1105")->id, "MS1105");
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_null(explanation_find(none[i]));
}

/* What err_set makes of a row is what its page says; and a bare number has one row. */
static void failures_carry_what_their_page_says(void **state)
{
	(void)state;
	struct err e;

	for (size_t i = 0; i < explanation_count; i++) {
		assert_int_equal(err_set(&e, explanations[i].number, "x"), explanations[i].code);
		assert_string_equal(e.id, explanations[i].id);
		assert_int_equal(err_exit_status(&e), explanation_status(&explanations[i]));
	}
	assert_int_equal(err_set(&e, -MS_EACCES, "x"), -MS_EACCES);
	assert_string_equal(e.id, "MS2102");
	assert_int_equal(err_set(&e, -MS_EDEADLK, "x"), -MS_EDEADLK);
	assert_string_equal(e.id, "MS2107");
}

static void who_says_no_fix_gets_that_of_the_page(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e;

	err_set(&e, ERR_EXISTS, "x");
	explanation_usual_fix(&e, &a);
	assert_true(e.fix[0] && e.fix[strlen(e.fix) - 1] != '.');
	err_fix(&e, "own");
	explanation_usual_fix(&e, &a);
	assert_string_equal(e.fix, "own");
	err_set(&e, -MS_EINTR, "interrupted");
	explanation_usual_fix(&e, &a);
	assert_string_equal(e.fix, "");
	arena_done(&a);
}

static void the_manual_holds_every_page(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *text = explanation_manual(&a);

	for (size_t i = 0; i < explanation_count; i++) {
		text = strstr(text, arena_printf(&a, "\n### %s: %s\n", explanations[i].id, explanations[i].title));
		assert_non_null(text);
	}
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_whole_page),
		cmocka_unit_test(numbers_rise_and_are_as_written),
		cmocka_unit_test(a_code_is_found_however_it_is_typed),
		cmocka_unit_test(failures_carry_what_their_page_says),
		cmocka_unit_test(who_says_no_fix_gets_that_of_the_page),
		cmocka_unit_test(the_manual_holds_every_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
