/* SPDX-License-Identifier: Apache-2.0 */
#include "template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "seeded.h"

static const char *text;
static const char *const loop = "{{>loop}}";

static const char *find(const char *name)
{
	if (!strcmp(name, "part"))
		return "[{{x}}]";
	if (!strcmp(name, "loop"))
		return loop;
	return !strcmp(name, "page") ? text : NULL;
}

/* The page of a template and JSON, or NULL with what failed. */
static char *render(struct arena *a, const char *template, const char *json, struct err *e)
{
	struct text out = { 0 };
	json_t *data = json_loads(json, JSON_DECODE_ANY, NULL);

	assert_non_null(data);
	text = template;
	int rc = template_render("page", data, find, a, &out, e);
	json_decref(data);
	return rc < 0 ? NULL : out.at ? out.at : (char *)"";
}

static void expect(const char *template, const char *json, const char *wanted)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	char *page = render(&a, template, json, &e);

	if (!page)
		fail_msg("%s: %s", template, e.text);
	assert_string_equal(page, wanted);
	arena_done(&a);
}

static void expect_failure(const char *template, const char *json, const char *words, int line)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	assert_null(render(&a, template, json, &e));
	assert_string_equal(e.text, words);
	assert_int_equal(e.line, line);
	arena_done(&a);
}

static void values_are_put_in(void **state)
{
	(void)state;
	expect("", "{}", "");
	expect("a {{x}} b", "{\"x\":\"y\"}", "a y b");
	expect("{{a.b.c}}{{n}}{{t}}{{f}}{{z}}", "{\"a\":{\"b\":{\"c\":\"deep\"}},\"n\":-5,\"t\":true,\"f\":false,\"z\":null}", "deep-5yesno");
	expect("{{! words {{ }}x", "{}", "x");
}

static void each_value_is_escaped(void **state)
{
	(void)state;
	expect("<a title=\"{{x}}\">", "{\"x\":\"<&>\\\"'\"}", "<a title=\"&lt;&amp;&gt;&quot;&#39;\">");
	expect("{{x|short}}", "{\"x\":\"<script>alert\"}", "&lt;script&gt;aler");
	expect("{{x|query}}", "{\"x\":\"a b&c=\xc3\xa9\"}", "a%20b%26c%3D%C3%A9");
	expect("{{x}}", "{\"x\":\"{{y}}\"}", "{{y}}");
}

static void sections_repeat_and_choose(void **state)
{
	(void)state;
	expect("{{#l}}<{{n}}{{o}}>{{/l}}", "{\"o\":1,\"l\":[{\"n\":\"a\"},{\"n\":\"b\"}]}", "<a1><b1>");
	expect("{{#l}}{{.}},{{/l}}{{^l}}none{{/l}}", "{\"l\":[1,2]}", "1,2,");
	expect("{{#l}}{{.}},{{/l}}{{^l}}none{{/l}}", "{\"l\":[]}", "none");
	expect("{{#o}}{{x}}{{/o}}{{#t}}T{{/t}}{{#f}}F{{/f}}{{#e}}E{{/e}}{{#z}}Z{{/z}}{{#n}}N{{/n}}", "{\"o\":{\"x\":1},\"t\":true,\"f\":false,\"e\":\"\",\"z\":null,\"n\":0}", "1TN");
	expect("{{#f}}{{missing}}{{#l}}{{x}}{{/l}}{{>nothing}}{{/f}}.", "{\"f\":false}", ".");
	expect("{{#a}}{{#b}}{{.}}{{/b}};{{/a}}", "{\"a\":[{\"b\":[1,2]},{\"b\":[]},{\"b\":[3]}]}", "12;;3;");
	expect("{{#l}}{{>part}}{{/l}}", "{\"l\":[{\"x\":1},{\"x\":2}]}", "[1][2]");
}

static void filters_show_values_to_people(void **state)
{
	(void)state;
	expect("{{n|bytes}} {{s|bytes}} {{m|bytes}}", "{\"n\":12345,\"s\":1023,\"m\":5242880}", "12.1 KiB 1023 B 5.0 MiB");
	expect("{{a|count}} {{b|count}} {{c|count}} {{d|count}}", "{\"a\":0,\"b\":999,\"c\":1000,\"d\":1234567}", "0 999 1,000 1,234,567");
	expect("{{t|day}} {{s|hex}} {{z|day}}", "{\"t\":\"2026-11-22T06:01:28Z\",\"s\":1207959553,\"z\":null}", "2026-11-22 0x48000001 ");
	expect("{{t|minute}} {{d|minute}} {{z|minute}}", "{\"t\":\"2026-11-22T06:01:28Z\",\"d\":\"2026\",\"z\":null}", "2026-11-22 06:01 2026 ");
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
	(void)state;
	expect_failure("a\n\n{{x}}", "{}", "the page's data has no 'x'", 3);
	expect_failure("{{a.b}}", "{\"a\":{}}", "the page's data has no 'a.b'", 1);
	expect_failure("\n{{#x}}{{/x}}", "{}", "the page's data has no 'x'", 2);
	expect_failure("{{x}}", "{\"x\":[1]}", "this cannot be shown: 'x'", 1);
	expect_failure("{{x|bytes}}", "{\"x\":\"many\"}", "this cannot be shown: 'x'", 1);
	expect_failure("{{x|nothing}}", "{\"x\":1}", "this cannot be shown: 'x'", 1);
	expect_failure("{{#x}}a", "{\"x\":1}", "this section is not closed: 'x'", 1);
	expect_failure("a\n{{/x}}", "{}", "this closes nothing: 'x'", 2);
	expect_failure("{{#x}}{{/y}}", "{\"x\":1}", "this closes nothing: 'y'", 1);
	expect_failure("a\n{{x", "{}", "this tag is not closed: '{{'", 2);
	expect_failure("{{}}", "{}", "no name, or one that is too long: '{{'", 1);
	expect_failure("{{>nothing}}", "{}", "there is no template 'nothing'", 1);
}

static void endless_templates_end(void **state)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_null(render(&a, "{{>loop}}", "{}", &e));
	assert_non_null(strstr(e.text, "nested too deep"));
	arena_done(&a);
}

/* Pieces of the language in any order, over data that has some of the names. */
static void no_text_makes_it_read_past_its_end(void **state)
{
	static const char *const pieces[] = { "{{", "}}", "#", "^", "/", ">", "!", "x", "l", ".", "|", "bytes", "part", " ", "{{#l}}", "{{/l}}", "\n", "{{x}}", "y" };
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char template[256] = "";
		struct arena a = { 0 };
		struct err e = { 0 };

		for (size_t n = seeded_below(&seed, 16); n; n--)
			strcat(template, pieces[seeded_below(&seed, sizeof(pieces) / sizeof(*pieces))]);
		char *just = strdup(template);	/* of just its size, for the sanitizer */

		render(&a, just, "{\"x\":\"v\",\"l\":[{\"x\":1},{\"x\":\"<\"}]}", &e);
		free(just);
		arena_done(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_put_in),
		cmocka_unit_test(each_value_is_escaped),
		cmocka_unit_test(sections_repeat_and_choose),
		cmocka_unit_test(filters_show_values_to_people),
		cmocka_unit_test(what_is_wrong_is_named_with_its_line),
		cmocka_unit_test(endless_templates_end),
		cmocka_unit_test(no_text_makes_it_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
