/* SPDX-License-Identifier: Apache-2.0 */
#include "accept.h"
#include "scratch.h"

static int html(const char *accept)
{
	return accept_quality(accept, "text/html");
}

static void the_range_that_names_it_most_exactly_counts(void **state)
{
	(void)state;
	assert_int_equal(html("text/html"), 1000);
	assert_int_equal(html("TEXT/Html ; q=0.5"), 500);
	assert_int_equal(html("*/*;q=0.1, text/*;q=0.3, text/html;q=0.2"), 200);
	assert_int_equal(html("*/*;q=0.1, text/*;q=0.3"), 300);
	assert_int_equal(html("*/*;q=0.1,application/json"), 100);
	assert_int_equal(html("application/json"), 0);
	assert_int_equal(html("text/html;level=1;q=0.7"), 700);
	assert_int_equal(html("text/html;q=0"), 0);
}

static void who_says_nothing_wants_all(void **state)
{
	(void)state;
	assert_int_equal(html(NULL), 1000);
	assert_int_equal(html(""), 1000);
	assert_int_equal(html(" , ,\t"), 1000);
}

static void what_is_malformed_is_no_more_than_a_range_that_names_nothing(void **state)
{
	(void)state;
	static const char *const odd[] = { ";", ";q=1", "/", "*", "text", "text/", "text/htm", "text/htmlx", "html", "*/html", "q=1", ";;;,,,;", "text /html", "text/html/x" };

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		assert_int_equal(html(odd[i]), 0);
	assert_int_equal(html("text/html;q="), 1000);
	assert_int_equal(html("text/html;q=x"), 1000);
	assert_int_equal(html("text/html;q=1.9"), 1000);
	assert_int_equal(html("text/html;q=0.12345"), 123);
	assert_int_equal(html("text/html;"), 1000);
	assert_int_equal(html("text/html;q"), 1000);
}

static void browsers_prefer_pages_and_programs_do_not(void **state)
{
	(void)state;
	assert_true(accept_prefers("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "text/html", "application/json"));
	assert_false(accept_prefers("*/*", "text/html", "application/json"));
	assert_false(accept_prefers(NULL, "text/html", "application/json"));
	assert_true(accept_prefers("application/json", "application/json", "text/html"));
	assert_false(accept_prefers("application/json, text/html", "application/json", "text/html"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_range_that_names_it_most_exactly_counts), cmocka_unit_test(who_says_nothing_wants_all),
		cmocka_unit_test(what_is_malformed_is_no_more_than_a_range_that_names_nothing), cmocka_unit_test(browsers_prefer_pages_and_programs_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
