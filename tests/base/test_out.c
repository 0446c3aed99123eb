/* SPDX-License-Identifier: Apache-2.0 */
#include "out.h"

#include <fcntl.h>
#include <stdlib.h>

#include "captured.h"
#include "scratch.h"

static struct captured c;

static const struct out_options person = { .colour = OUT_NEVER }, json = { .json = true };

static int say_everything(void *options)
{
	out_init("build", options);
	out_line("result %d", 1);
	out_text("two\nlines\n");
	out_say("talk");
	out_detail("detail");
	out_warn("careful");
	out_progress("going on");
	out_event("step", json_pack("{s:i}", "n", 1));
	out_field("size", json_integer(5));
	return out_finish(NULL, 0);
}

static void a_person_reads_results_on_stdout_and_talk_on_stderr(void **state)
{
	(void)state;

	capture(say_everything, &(struct out_options){ .verbose = 0 }, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.out, "result 1\ntwo\nlines\n");
	assert_string_equal(c.err, "talk\nms build: warning: careful\n");

	capture(say_everything, &(struct out_options){ .verbose = 1 }, &c);
	assert_string_equal(c.err, "talk\ndetail\nms build: warning: careful\n");

	capture(say_everything, &(struct out_options){ .quiet = true, .verbose = 1 }, &c);
	assert_string_equal(c.out, "result 1\ntwo\nlines\n");
	assert_string_equal(c.err, "ms build: warning: careful\n");
}

static void a_program_reads_json_lines_with_one_result_at_the_end(void **state)
{
	(void)state;

	capture(say_everything, &(struct out_options){ .json = true, .verbose = 1 }, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.err, "");
	assert_string_equal(c.out,
		"{\"v\":1,\"type\":\"warning\",\"text\":\"careful\"}\n"
		"{\"v\":1,\"type\":\"step\",\"n\":1}\n"
		"{\"v\":1,\"type\":\"result\",\"verb\":\"build\",\"ok\":true,\"exit\":0,\"error\":null,\"size\":5}\n");
}

static int fail_at_a_place(void *options)
{
	struct err e;

	out_init("build", options);
	err_set(&e, ERR_UNKNOWN_KEY, "unknown key 'memry'");
	err_fix(&e, "did you mean 'memory'?");
	err_at(&e, "ms.yaml", 2, 1);
	return out_finish(&e, 0);
}

static void a_failure_is_shown_with_its_place_and_fix(void **state)
{
	(void)state;

	write_text("ms.yaml", "name: hello\nmemry: 4 KiB\n");
	capture(fail_at_a_place, (void *)&person, &c);
	assert_int_equal(c.status, 3);
	assert_string_equal(c.out, "");
	assert_string_equal(c.err,
		"ms build: ms.yaml:2:1: unknown key 'memry' [MS1105]\n"
		"     2 | memry: 4 KiB\n"
		"       | ^\n"
		"  fix: did you mean 'memory'?\n"
		"  more: ms explain MS1105\n");

	capture(fail_at_a_place, &(struct out_options){ .colour = OUT_NEVER, .quiet = true }, &c);
	assert_null(strstr(c.err, "more:"));

	capture(fail_at_a_place, (void *)&json, &c);
	assert_int_equal(c.status, 3);
	assert_string_equal(c.err, "");
	assert_string_equal(c.out,
		"{\"v\":1,\"type\":\"result\",\"verb\":\"build\",\"ok\":false,\"exit\":3,\"error\":{\"code\":\"EPROJECT\",\"id\":\"MS1105\","
		"\"text\":\"unknown key 'memry'\",\"file\":\"ms.yaml\",\"line\":2,\"column\":1,"
		"\"fix\":\"did you mean 'memory'?\"}}\n");
}

static int fail_plainly(void *options)
{
	struct err e;

	out_init(NULL, options);
	err_set(&e, -MS_ETOOL, "no verb");
	return out_finish(&e, 99);
}

static void a_failure_needs_neither_verb_nor_place_nor_fix(void **state)
{
	(void)state;

	capture(fail_plainly, (void *)&person, &c);
	assert_int_equal(c.status, 6);
	assert_string_equal(c.err, "ms: no verb [MS1801]\n  more: ms explain MS1801\n");
	capture(fail_plainly, (void *)&json, &c);
	assert_string_equal(c.out, "{\"v\":1,\"type\":\"result\",\"verb\":null,\"ok\":false,\"exit\":6,\"error\":{\"code\":"
			    "\"ETOOL\",\"id\":\"MS1801\",\"text\":\"no verb\",\"file\":null,\"line\":null,\"column\":null,\"fix\":null}}\n");
}

static int end_with_status(void *options)
{
	struct err none = { 0 };

	out_init("run", options);
	return out_finish(&none, 4);
}

static void a_status_without_a_failure_is_kept(void **state)
{
	(void)state;

	capture(end_with_status, (void *)&person, &c);
	assert_int_equal(c.status, 4);
	assert_string_equal(c.err, "");
	capture(end_with_status, (void *)&json, &c);
	assert_int_equal(c.status, 4);
	assert_string_equal(c.out, "{\"v\":1,\"type\":\"result\",\"verb\":\"run\",\"ok\":false,\"exit\":4,\"error\":null}\n");
}

static int give_fields_that_clash(void *options)
{
	out_init("x", options);
	out_event("step", json_pack("{s:i, s:s, s:s}", "v", 9, "type", "result", "more", "m"));
	out_field("exit", json_integer(9));
	out_field("n", json_integer(1));
	out_field("n", json_integer(2));
	return out_finish(NULL, 0);
}

static void fields_do_not_replace_what_is_ours(void **state)
{
	(void)state;

	capture(give_fields_that_clash, (void *)&json, &c);
	assert_string_equal(c.out, "{\"v\":1,\"type\":\"step\",\"more\":\"m\"}\n"
			    "{\"v\":1,\"type\":\"result\",\"verb\":\"x\",\"ok\":true,\"exit\":0,\"error\":null,\"n\":2}\n");
}

static const char foul[] = "a\033[2J\xff" "b\xe2\x80\xae\x07";

static int print_foul(void *options)
{
	struct err e;

	out_init("show", options);
	out_line("%s", foul);
	out_say("%s", foul);
	out_event("name", json_pack("{s:o, s:o}", "name", out_string(foul), "none", out_string(NULL)));
	err_set(&e, -MS_EIO, "cannot open '%s'", foul);
	err_fix(&e, "remove '%s'", foul);
	return out_finish(&e, 0);
}

static void nothing_printed_drives_the_terminal(void **state)
{
	(void)state;

	capture(print_foul, (void *)&person, &c);
	assert_string_equal(c.out, "a?[2J?b????\n");
	assert_string_equal(c.err, "a?[2J?b????\nms show: cannot open 'a?[2J?b???" "?' [MS2107]\n"
			    "  fix: remove 'a?[2J?b???" "?'\n  more: ms explain MS2107\n");

	capture(print_foul, (void *)&json, &c);
	assert_null(strchr(c.out, '\033'));
	assert_null(strchr(c.out, '\xff'));
	assert_non_null(strstr(c.out, "{\"v\":1,\"type\":\"name\",\"name\":\"a?[2J?b??\",\"none\":null}\n"));
	assert_string_equal(c.err, "");
}

static int give_what_is_no_json(void *options)
{
	out_init("show", options);
	out_event("name", json_pack("{s:s}", "name", foul));	/* not by out_string: our mistake */
	return out_finish(NULL, 0);
}

static void a_lost_fact_is_our_bug_and_said(void **state)
{
	(void)state;

	capture(give_what_is_no_json, (void *)&json, &c);
	assert_int_equal(c.status, 70);
	assert_non_null(strstr(c.out, "\"ok\":false,\"exit\":70,"));
	assert_non_null(strstr(c.out, "a mistake in ms"));
	/* Nobody who does not read JSON has lost anything. */
	capture(give_what_is_no_json, (void *)&person, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.err, "");
}

static int print_to_a_closed_pipe(void *options)
{
	int ends[2];

	if (pipe(ends))
		return 99;
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	out_init("list", options);
	if (out_is_lost())
		return 98;
	out_line("one");
	out_event("one", json_object());
	if (!out_is_lost())
		return 97;
	out_line("two");
	return out_finish(NULL, 0);
}

static int print_to_a_full_disk(void *options)
{
	int full = open("/dev/full", O_WRONLY);

	dup2(full, STDOUT_FILENO);
	out_init("list", options);
	out_line("one");
	return out_finish(NULL, 0);
}

static int print_to_nothing(void *options)
{
	close(STDOUT_FILENO);
	out_init("list", options);
	if (open("/dev/null", O_RDONLY) <= STDERR_FILENO)
		return 99;	/* an open file would have become the standard output */
	out_line("one");
	return out_finish(NULL, 0);
}

static void a_result_that_cannot_be_written_is_a_failure(void **state)
{
	(void)state;
	static const struct { int (*run)(void *); const char *reason; } cases[] = {
		{ print_to_a_full_disk, "No space left on device" },
		{ print_to_nothing, "Bad file descriptor" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		capture(cases[i].run, (void *)&person, &c);
		assert_int_equal(c.status, 1);
		assert_string_equal(c.out, "");
		assert_ptr_equal(strstr(c.err, "ms list: cannot write the result to standard output: "), c.err);
		assert_non_null(strstr(c.err, cases[i].reason));

		capture(cases[i].run, (void *)&json, &c);
		assert_int_equal(c.status, 1);
		assert_non_null(strstr(c.err, cases[i].reason));
	}
}

static void a_reader_that_went_away_is_a_failure_without_words(void **state)
{
	(void)state;

	capture(print_to_a_closed_pipe, (void *)&person, &c);
	assert_int_equal(c.status, 1);
	assert_string_equal(c.err, "");
	capture(print_to_a_closed_pipe, (void *)&json, &c);
	assert_int_equal(c.status, 1);
	assert_string_equal(c.err, "");
}

static int fail_on_a_full_disk(void *options)
{
	struct err e;
	int full = open("/dev/full", O_WRONLY);

	dup2(full, STDOUT_FILENO);
	out_init("verify", options);
	err_set(&e, -MS_ESIGNATURE, "refused");
	return out_finish(&e, 0);
}

static void a_worse_status_is_kept(void **state)
{
	(void)state;

	capture(fail_on_a_full_disk, (void *)&json, &c);
	assert_int_equal(c.status, 7);
	assert_non_null(strstr(c.err, "cannot write the result"));
}

static int die(void *options)
{
	struct err e;

	out_init("build", options);
	err_set(&e, -MS_ENOMEM, "out of memory");
	err_fix(&e, "add some");
	out_die(&e);
}

static void the_end_at_once_says_why_in_both_ways(void **state)
{
	(void)state;

	capture(die, (void *)&person, &c);
	assert_int_equal(c.status, 1);
	assert_string_equal(c.err, "ms build: out of memory [MS2110]\n  fix: add some\n");
	capture(die, (void *)&json, &c);
	json_t *result = json_loads(c.out, 0, NULL);
	assert_non_null(result);
	assert_string_equal(json_string_value(json_object_get(json_object_get(result, "error"), "code")), "ENOMEM");
	assert_int_equal(json_integer_value(json_object_get(result, "exit")), 1);
	json_decref(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_reads_results_on_stdout_and_talk_on_stderr),
		cmocka_unit_test(a_program_reads_json_lines_with_one_result_at_the_end),
		scratch_test(a_failure_is_shown_with_its_place_and_fix),
		cmocka_unit_test(a_failure_needs_neither_verb_nor_place_nor_fix),
		cmocka_unit_test(a_status_without_a_failure_is_kept),
		cmocka_unit_test(fields_do_not_replace_what_is_ours),
		cmocka_unit_test(nothing_printed_drives_the_terminal),
		cmocka_unit_test(a_lost_fact_is_our_bug_and_said),
		cmocka_unit_test(a_result_that_cannot_be_written_is_a_failure),
		cmocka_unit_test(a_reader_that_went_away_is_a_failure_without_words),
		cmocka_unit_test(a_worse_status_is_kept),
		cmocka_unit_test(the_end_at_once_says_why_in_both_ways),
	};
	unsetenv("FORCE_COLOR");
	unsetenv("CLICOLOR_FORCE");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
