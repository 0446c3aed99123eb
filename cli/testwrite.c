/* SPDX-License-Identifier: Apache-2.0 */
#include "testwrite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "file.h"

enum { FILE_MODE = 0644 };

static const char *verdict_of(const struct testrun_result *r)
{
	return r->name ? test_verdict_text(r->verdict) : "no verdict";
}

static const char *name_of(const struct testrun_result *r)
{
	return r->name ? r->name : "the whole program";
}

/* A text with some bytes written differently: `way` gives that, or NULL for as it is. */
static void add_escaped(struct text *t, struct arena *a, const char *s, const char *(*way)(char))
{
	for (; *s; s++) {
		const char *other = way(*s);

		if (other)
			text_add(t, a, "%s", other);
		else
			text_add_bytes(t, a, (struct bytes){ (const uint8_t *)s, 1 });
	}
}

/* In a description '#' begins a directive. */
static const char *tap_way(char c)
{
	return c == '#' ? "\\#" : c == '\\' ? "\\\\" : c == '\n' ? " " : NULL;
}

static const char *yaml_way(char c)
{
	return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : (unsigned char)c < ' ' ? " " : NULL;
}

/* XML 1.0 has no way at all to write most control characters. */
static const char *xml_way(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\n':
		return "&#10;";
	default:
		return (unsigned char)c < ' ' && c != '\t' ? "?" : NULL;
	}
}

static void add_yaml(struct text *t, struct arena *a, const char *before, const char *s)
{
	text_add(t, a, "%s\"", before);
	add_escaped(t, a, s, yaml_way);
	text_add(t, a, "\"\n");
}

static void add_tap_why(struct text *t, struct arena *a, const struct testrun_result *r)
{
	text_add(t, a, "  ---\n  verdict: \"%s\"\n", verdict_of(r));
	add_yaml(t, a, "  message: ", r->reason);
	text_add(t, a, "  output:%s\n", r->said.count ? "" : " []");
	for (size_t i = 0; i < r->said.count; i++)
		add_yaml(t, a, "    - ", r->said.at[i]);
	text_add(t, a, "  ...\n");
}

static void add_tap(struct text *t, struct arena *a, const struct testrun *run)
{
	text_add(t, a, "TAP version 14\n1..%zu\n", run->results.count);
	for (size_t i = 0; i < run->results.count; i++) {
		const struct testrun_result *r = run->results.at[i];

		text_add(t, a, "%s %zu - ", testrun_is_bad(r) ? "not ok" : "ok", i + 1);
		add_escaped(t, a, arena_printf(a, "%s/%s", r->program, name_of(r)), tap_way);
		text_add(t, a, "%s\n", r->name && r->verdict == TEST_SKIPPED ? " # SKIP" : "");
		if (testrun_is_bad(r))
			add_tap_why(t, a, r);
	}
}

static void add_attribute(struct text *t, struct arena *a, const char *name, const char *value)
{
	text_add(t, a, " %s=\"", name);
	add_escaped(t, a, value, xml_way);
	text_add(t, a, "\"");
}

static void add_time(struct text *t, struct arena *a, uint64_t usec)
{
	text_add(t, a, " time=\"%u.%06u\"", (unsigned)(usec / 1000000), (unsigned)(usec % 1000000));
}

/* A test that failed is a failure; one that gave no answer is an error. */
static void add_case(struct text *t, struct arena *a, const struct testrun_result *r)
{
	const char *tag = r->name && r->verdict == TEST_FAILED ? "failure" : "error";

	text_add(t, a, "    <testcase");
	add_attribute(t, a, "name", name_of(r));
	add_attribute(t, a, "classname", r->program);
	add_time(t, a, r->usec);
	text_add(t, a, ">\n");
	if (testrun_is_bad(r)) {
		text_add(t, a, "      <%s type=\"%s\"", tag, verdict_of(r));
		add_attribute(t, a, "message", r->reason);
		text_add(t, a, "/>\n");
	} else if (r->verdict == TEST_SKIPPED) {
		text_add(t, a, "      <skipped/>\n");
	}
	if (r->said.count)
		text_add(t, a, "      <system-out>");
	for (size_t i = 0; i < r->said.count; i++) {
		add_escaped(t, a, r->said.at[i], xml_way);
		text_add(t, a, i + 1 < r->said.count ? "\n" : "</system-out>\n");
	}
	text_add(t, a, "    </testcase>\n");
}

/* What a suite or all of them sum up to: those of `program`, or all when it is NULL. */
static void add_sums(struct text *t, struct arena *a, const struct testrun *run, const char *program)
{
	unsigned tests = 0, failures = 0, errors = 0, skipped = 0;
	uint64_t usec = 0;

	for (size_t i = 0; i < run->results.count; i++) {
		const struct testrun_result *r = run->results.at[i];
		bool failed = r->name && r->verdict == TEST_FAILED;

		if (program && strcmp(program, r->program))
			continue;
		tests++;
		failures += failed;
		errors += testrun_is_bad(r) && !failed;
		skipped += r->name && r->verdict == TEST_SKIPPED;
		usec += r->usec;
	}
	text_add(t, a, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\"", tests, failures, errors, skipped);
	add_time(t, a, usec);
	text_add(t, a, ">\n");
}

/* Is this the first result of its program? */
static bool begins_suite(const struct testrun *run, size_t at)
{
	const struct testrun_result *r = run->results.at[at];

	for (size_t i = 0; i < at; i++)
		if (!strcmp(((const struct testrun_result *)run->results.at[i])->program, r->program))
			return false;
	return true;
}

static void add_suite(struct text *t, struct arena *a, const struct testrun *run, const char *program)
{
	text_add(t, a, "  <testsuite");
	add_attribute(t, a, "name", program);
	add_sums(t, a, run, program);
	for (size_t i = 0; i < run->results.count; i++) {
		const struct testrun_result *r = run->results.at[i];

		if (!strcmp(program, r->program))
			add_case(t, a, r);
	}
	text_add(t, a, "  </testsuite>\n");
}

static void add_junit(struct text *t, struct arena *a, const struct testrun *run)
{
	text_add(t, a, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	add_sums(t, a, run, NULL);
	for (size_t i = 0; i < run->results.count; i++)
		if (begins_suite(run, i))
			add_suite(t, a, run, ((const struct testrun_result *)run->results.at[i])->program);
	text_add(t, a, "</testsuites>\n");
}

static void add_json(struct text *t, struct arena *a, const struct testrun *run)
{
	json_t *tests = json_array();

	for (size_t i = 0; i < run->results.count; i++)
		json_array_append_new(tests, testview_json(run->results.at[i]));

	json_t *all = json_pack("{s:i, s:o}", "version", 1, "tests", tests);
	char *text = json_dumps(all, JSON_INDENT(2));

	text_add(t, a, "%s\n", text ? text : "{}");
	free(text);
	json_decref(all);
}

static const struct format {
	const char *ending;
	void (*add)(struct text *t, struct arena *a, const struct testrun *run);
} formats[] = { { ".tap", add_tap }, { ".xml", add_junit }, { ".json", add_json } };

static const struct format *format_of(const char *path)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		size_t size = strlen(path), tail = strlen(formats[i].ending);

		if (size > tail && !strcmp(path + size - tail, formats[i].ending))
			return &formats[i];
	}
	return NULL;
}

int testwrite_check(const char *path, struct err *e)
{
	if (format_of(path))
		return MS_OK;
	err_set(e, ERR_OPTION_VALUE, "what format of report '%s' is to be is not known", path);
	return err_fix(e, "end its name in .tap (TAP 14), .xml (JUnit) or .json");
}

void testwrite_forget(const char *path)
{
	struct stat s;

	if (!lstat(path, &s) && S_ISREG(s.st_mode))
		unlink(path);
}

int testwrite(const struct testrun *r, const char *path, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	format_of(path)->add(&t, a, r);
	return file_replace(path, (struct bytes){ (const uint8_t *)t.at, t.size }, FILE_MODE, a, e);
}
