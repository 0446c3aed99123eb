/* SPDX-License-Identifier: Apache-2.0 */
#include "testreport.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Read lines, each behind the word "@@"; what is wrong with the report as a whole, or NULL. */
static const char *fault_of(const char *const lines[], size_t count, struct testreport *r)
{
	char line[600];

	testreport_init(r, "@@");
	for (size_t i = 0; i < count; i++) {
		strcpy(line, "@@ ");
		strcat(line, lines[i]);
		testreport_line(r, line);
	}
	return testreport_fault(r);
}

#define FAULT(r, ...) fault_of((const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })), (r))

static void a_whole_report_has_no_fault(void **state)
{
	struct testreport r;

	(void)state;
	assert_null(FAULT(&r, "plan 2 group", "begin one", "end 0 17 ", "begin two", "say words", "end 1 9 why", "done"));
	assert_int_equal(r.planned, 2);
	assert_int_equal(r.ended, 2);
	assert_null(FAULT(&r, "plan 0 group", "done"));
	assert_null(FAULT(&r, "plan 1 a", "begin x", "end 5 1", "done", "plan 1 b", "begin y", "end 2 1 ", "done"));
	assert_int_equal(r.plans, 2);
}

static void a_line_says_what_it_says(void **state)
{
	struct testreport r;

	(void)state;
	testreport_init(&r, "@@");
	assert_int_equal(testreport_line(&r, "something else"), TESTREPORT_OTHER);
	assert_string_equal(r.text, "something else");
	assert_int_equal(testreport_line(&r, "@@ plan 1 g"), TESTREPORT_PLAN);
	assert_int_equal(testreport_line(&r, "@@ name another"), TESTREPORT_NAME);
	assert_string_equal(r.name, "another");
	assert_int_equal(testreport_line(&r, "@@ phase looks for it"), TESTREPORT_PHASE);
	assert_string_equal(r.text, "looks for it");
	assert_int_equal(testreport_line(&r, "@@ now 3 of 4"), TESTREPORT_NOW);
	assert_int_equal(testreport_line(&r, "no line feed@@ begin a test"), TESTREPORT_BEGIN);
	assert_string_equal(r.name, "a test");
	assert_int_equal(testreport_line(&r, "@@ say"), TESTREPORT_SAY);
	assert_string_equal(r.text, "");
	assert_int_equal(testreport_line(&r, "@@ say  two words"), TESTREPORT_SAY);
	assert_string_equal(r.text, " two words");
	assert_int_equal(testreport_line(&r, "@@ trace 0123456789abcdef"), TESTREPORT_TRACE);
	assert_string_equal(r.text, "0123456789abcdef");
	assert_int_equal(testreport_line(&r, "@@ end 3 1234567 Segmentation fault"), TESTREPORT_END);
	assert_int_equal(r.verdict, TEST_CRASHED);
	assert_int_equal(r.usec, 1234567);
	assert_string_equal(r.text, "Segmentation fault");
	assert_int_equal(testreport_line(&r, "@@ done"), TESTREPORT_DONE);
}

static void what_is_missing_is_a_fault(void **state)
{
	struct testreport r;

	(void)state;
	testreport_init(&r, "@@");
	assert_string_equal(testreport_fault(&r), "it ran no test");
	assert_string_equal(FAULT(&r, "plan 1 g"), "it ended before all its tests had run");
	assert_string_equal(FAULT(&r, "plan 1 g", "begin x"), "it ended in the middle of a test");
	assert_string_equal(FAULT(&r, "plan 2 g", "begin x", "end 0 1 "), "it ended before all its tests had run");
	assert_string_equal(FAULT(&r, "plan 1 g", "begin x", "end 0 1 "), "it ended before all its tests had run");
}

/* Nothing that comes after makes a garbled report whole again. */
static void what_cannot_be_there_spoils_all(void **state)
{
	static const char *const bad[][4] = {
		{ "done" },
		{ "begin x" },
		{ "end 0 1 " },
		{ "say x" },
		{ "plan" },
		{ "plan x" },
		{ "plan -1 g" },
		{ "plan 1000001 g" },
		{ "plan 99999999999999999999 g" },
		{ "plan 1 g", "plan 1 g" },
		{ "plan 1 g", "done" },
		{ "plan 1 g", "say x" },
		{ "plan 1 g", "begin " },
		{ "name x" },
		{ "plan 0 g", "name" },
		{ "plan 1 g", "begin x", "name y" },
		{ "plan 1 g", "begin x", "phase y" },
		{ "plan 1 g", "begin x", "now y" },
		{ "plan 1 g", "phase" },
		{ "now y" },
		{ "plan 1 g", "trace 0123456789abcdef" },
		{ "plan 1 g", "begin x", "trace" },
		{ "plan 1 g", "begin x", "trace 0123456789abcde" },
		{ "plan 1 g", "begin x", "trace 0123456789abcdef0" },
		{ "plan 1 g", "begin x", "trace 0123456789abcdeF" },
		{ "plan 0 g", "begin x" },
		{ "plan 2 g", "begin x", "begin y" },
		{ "plan 1 g", "begin x", "done" },
		{ "plan 1 g", "begin x", "end" },
		{ "plan 1 g", "begin x", "end 0" },
		{ "plan 1 g", "begin x", "end 6 1 " },
		{ "plan 1 g", "begin x", "end 0 x" },
		{ "plan 1 g", "begin x", "end 0 99999999999999999999 " },
		{ "plan 1 g", "begin x", "end 0 1 ", "begin y" },
		{ "plan 1 g", "begin x", "end 0 1 ", "done with it" },
		{ "plan 1 g", "beginx" },
		{ "hello" },
		{ "" },
	};
	static const char *const rest[] = { "@@ plan 1 g", "@@ begin x", "@@ end 0 1 ", "@@ done" };
	struct testreport r;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		size_t count = 0;

		while (count < 4 && bad[i][count])
			count++;
		fault_of(bad[i], count, &r);
		assert_true(r.garbled);
		for (size_t k = 0; k < COUNT(rest); k++)
			testreport_line(&r, rest[k]);
		assert_string_equal(testreport_fault(&r), "its report is garbled");
	}
}

static void the_word_alone_is_no_line(void **state)
{
	struct testreport r;

	(void)state;
	testreport_init(&r, "@@");
	assert_int_equal(testreport_line(&r, "@@"), TESTREPORT_GARBLED);
	testreport_init(&r, "@@");
	assert_int_equal(testreport_line(&r, "@@plan 1 g"), TESTREPORT_GARBLED);
	testreport_init(&r, "");
	assert_int_equal(testreport_line(&r, " plan 1 g"), TESTREPORT_OTHER);
}

static void each_verdict_has_a_word(void **state)
{
	(void)state;
	for (int v = 0; v < TEST_VERDICT_COUNT; v++)
		assert_true(*test_verdict_text((enum test_verdict)v) != '\0');
	assert_string_equal(test_verdict_text(TEST_TIMED_OUT), "timed out");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_report_has_no_fault),
		cmocka_unit_test(a_line_says_what_it_says),
		cmocka_unit_test(what_is_missing_is_a_fault),
		cmocka_unit_test(what_cannot_be_there_spoils_all),
		cmocka_unit_test(the_word_alone_is_no_line),
		cmocka_unit_test(each_verdict_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
