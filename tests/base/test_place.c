/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include "scratch.h"

/* What is shown for a place in the file "f" with this content. */
static const char *shown(const char *content, int line, int column)
{
	struct text t = { 0 };
	struct err e;

	write_text("f", content);
	err_set(&e, -MS_EPROJECT, "wrong");
	err_at(&e, "f", line, column);
	text_add(&t, &scratch, "%s", "");
	place_add(&t, &scratch, &e);
	return t.at;
}

static void a_line_is_shown_with_a_mark_under_the_column(void **state)
{
	(void)state;

	assert_string_equal(shown("one\ntwo: x\nthree\n", 2, 6), "     2 | two: x\n       |      ^\n");
	assert_string_equal(shown("one\n", 1, 1), "     1 | one\n       | ^\n");
	assert_string_equal(shown("one\r\ntwo", 1, 3), "     1 | one\n       |   ^\n");
	assert_string_equal(shown("one\ntwo", 2, 0), "     2 | two\n");
}

static void columns_count_characters(void **state)
{
	(void)state;

	assert_string_equal(shown("n\xc3\xa4me: x", 1, 7), "     1 | n\xc3\xa4me: x\n       |       ^\n");
	assert_string_equal(shown("\tx", 1, 2), "     1 |  x\n       |  ^\n");
	assert_string_equal(shown("a\033[31mb", 1, 7), "     1 | a?[31mb\n       |       ^\n");
}

static void behind_the_end_of_a_line_is_its_end(void **state)
{
	(void)state;

	assert_string_equal(shown("ab\n", 1, 3), "     1 | ab\n       |   ^\n");
	assert_string_equal(shown("ab\n", 1, 300), "     1 | ab\n       |   ^\n");
	assert_string_equal(shown("", 1, 1), "     1 | \n       | ^\n");
	assert_string_equal(shown("ab\n", 2, 1), "     2 | \n       | ^\n");
}

static void of_a_long_line_the_part_around_the_column_is_shown(void **state)
{
	(void)state;
	char line[1001];

	for (int i = 0; i < 1000; i++)
		line[i] = (char)('a' + i % 26);
	line[1000] = '\0';
	for (int column = 1; column <= 1000; column += 37) {
		const char *text = shown(line, 1, column);
		const char *mark = strchr(text, '^');
		const char *second = strchr(text, '\n') + 1;
		assert_non_null(mark);
		assert_int_equal(text[mark - second], line[column - 1]);
		assert_true(second - text <= 100);
	}
}

static void what_is_not_there_shows_nothing(void **state)
{
	(void)state;
	struct text t = { 0 };
	struct err e;

	assert_string_equal(shown("one\n", 3, 1), "");
	assert_string_equal(shown("one\n", 0, 0), "");
	err_set(&e, -MS_EPROJECT, "wrong");
	place_add(&t, &scratch, &e);
	err_at(&e, "missing", 1, 1);
	place_add(&t, &scratch, &e);
	assert_int_equal(mkfifo("pipe", 0600), 0);	/* nobody writes to it: opening it would wait for ever */
	err_at(&e, "pipe", 1, 1);
	place_add(&t, &scratch, &e);
	err_at(&e, ".", 1, 1);
	place_add(&t, &scratch, &e);
	assert_int_equal(t.size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_line_is_shown_with_a_mark_under_the_column),
		scratch_test(columns_count_characters),
		scratch_test(behind_the_end_of_a_line_is_its_end),
		scratch_test(of_a_long_line_the_part_around_the_column_is_shown),
		scratch_test(what_is_not_there_shows_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
