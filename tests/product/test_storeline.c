/* SPDX-License-Identifier: Apache-2.0 */
/* Which version of a service is taken, and what an index cannot say. */
#include "given.h"

#include <string.h>

#include "storeline.h"

static const char facts[] = ",\"abi\":\"1.0\",\"license\":\"MIT\",\"counter\":1,\"stack\":1024,\"heap\":0,\"targets\":[{\"target\":\"v7em\",\"image\":\"0\",\"flash\":4096,\"ram\":2048}],"
			    "\"provides\":[],\"calls\":[],\"devices\":[],\"shared\":[],\"requests\":[],\"summary\":\"Says hello\",\"categories\":[\"time\",\"data\"]";

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static const char *line(const char *version, const char *state, const char *rest)
{
	const char *hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	bool offered = strcmp(state, "quarantined") && strcmp(state, "removed");

	return arena_printf(&arena, "{\"name\":\"example.org/hello\",\"version\":\"%s\",\"package\":\"%s\",\"size\":100,\"manifest\":\"%s\",\"kid\":\"0123456789abcdef\",\"entry\":3,\"published\":9%s,\"state\":\"%s\",\"changed\":4%s}\n",
			    version, hash, hash, offered ? facts : "", state, rest);
}

/* What is chosen of a file, or the sentence. */
static const char *chosen(const char *file, const char *version)
{
	const struct storeline *l;
	struct list lines = { 0 };
	struct err e = { 0 };

	if (storeline_file(bytes_of(file), "example.org", "hello", &arena, &lines, &e) < 0)
		fail_msg("%s\n%s", e.text, file);
	return storeline_choose(&lines, version, &arena, &l, &e) < 0 ? arena_printf(&arena, "%s; %s", e.text, e.fix) : l->version;
}

static void the_highest_that_is_live_is_taken_and_what_is_deprecated_only_without_one(void **state)
{
	(void)state;
	const char *old = line("1.9.0", "live", ""), *new = line("1.10.0", "live", ""), *next = line("2.0.0", "deprecated", ",\"reason\":\"old\"");

	assert_string_equal(chosen(arena_printf(&arena, "%s%s%s", new, old, next), NULL), "1.10.0");
	assert_string_equal(chosen(arena_printf(&arena, "%s%s", old, next), NULL), "1.9.0");
	assert_string_equal(chosen(next, NULL), "2.0.0");
	assert_string_equal(chosen(arena_printf(&arena, "%s%s%s", new, old, next), "2.0.0"), "2.0.0");
}

static void what_was_taken_back_is_not_taken_and_says_why(void **state)
{
	(void)state;
	const char *yanked = line("1.1.0", "yanked", ",\"reason\":\"broken\",\"words\":\"greets twice\",\"replacement\":\"1.0.0\"");
	const char *both = arena_printf(&arena, "%s%s", line("1.0.0", "live", ""), yanked);

	assert_string_equal(chosen(both, NULL), "1.0.0");
	assert_string_equal(chosen(both, "1.1.0"), "example.org/hello 1.1.0 is yanked (broken): greets twice; take 1.0.0; take one of 1.0.0");
	assert_string_equal(chosen(both, "3.0.0"), "there is no version 3.0.0 of example.org/hello; take one of 1.0.0");
	assert_string_equal(chosen(line("1.0.0", "quarantined", ",\"reason\":\"malware\""), "1.0.0"), "example.org/hello 1.0.0 is quarantined (malware); there is no other version that can be taken");
	assert_string_equal(chosen(yanked, NULL), "no version of example.org/hello can be taken: all were taken back; there is no other version that can be taken");
}

static void a_line_that_cannot_be_one_is_refused(void **state)
{
	(void)state;
	static const struct { const char *from, *to; } wrong[] = {
		{ "example.org/hello", "example.org/other" }, { "\"1.0.0\"", "\"1.0\"" }, { "\"size\":100", "\"size\":0" }, { "\"size\":100", "\"size\":999999999999" }, { "0123456789abcdef\",\"entry", "0123456789abcde\",\"entry" },
		{ "\"entry\":3", "\"entry\":-3" }, { "\"live\"", "\"staged\"" }, { "\"live\"", "\"alive\"" }, { "\"abi\":\"1.0\",", "" }, { "}\n", "}" }, { "{\"name\"", "\"name\"" }, { "\"entry\":3", "\"entry\":3,\"entry\":4" },
		{ "\"Says hello\"", "\"\"" }, { "\"Says hello\"", "7" }, { "Says hello", "Says\\u001b[2J" }, { "Says hello", "Says\\nhello" }, { "Says hello", "a\\u202eb" }, { "[\"time\"", "[\"time\",\"a-b\",\"c-d\"" },
		{ "[\"time\"", "[\"Time\"" }, { "[\"time\"", "[7" }, { "[\"time\"", "[\"t\"" }, { "\"categories\":[\"time\",\"data\"]", "\"categories\":\"time\"" },
	};
	const char *whole = line("1.0.0", "live", "");
	struct list lines;
	struct err e;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const char *at = strstr(whole, wrong[i].from);
		const char *text = arena_printf(&arena, "%.*s%s%s", (int)(at - whole), whole, wrong[i].to, at + strlen(wrong[i].from));

		lines = (struct list){ 0 };
		if (storeline_file(bytes_of(text), "example.org", "hello", &arena, &lines, &e) != -MS_ESIGNATURE)
			fail_msg("taken: %s", text);
	}
	lines = (struct list){ 0 };
	assert_int_equal(storeline_file(bytes_of(whole), "example.org", "hello", &arena, &lines, &e), MS_OK);
	struct storefacts *f = arena_new(&arena, struct storefacts);
	assert_int_equal(storeline_facts(lines.at[0], &arena, f, &e), MS_OK);
	assert_string_equal(f->summary, "Says hello");
	assert_int_equal(f->category_count, 2);
	assert_string_equal(f->categories[1], "data");
	/* What would drive a terminal is shown as something else. */
	lines = (struct list){ 0 };
	assert_int_equal(storeline_file(bytes_of(line("1.0.0", "yanked", ",\"reason\":\"a\\u001b[2J\"")), "example.org", "hello", &arena, &lines, &e), MS_OK);
	assert_string_equal(((const struct storeline *)lines.at[0])->reason, "a?[2J");
}

#define DIGITS16 "0123456789abcdef"
#define SOURCE "\"source\":\"" DIGITS16 DIGITS16 DIGITS16 DIGITS16 "\""

/* Of its source a line says all or nothing, and of what cannot be taken nothing. */
static void a_line_says_all_of_its_source_or_nothing(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"," SOURCE, ",\"source_size\":9", "," SOURCE ",\"source_size\":0,\"source_entry\":5,\"source_kid\":\"" DIGITS16 "\"",
		"," SOURCE ",\"source_size\":67108865,\"source_entry\":5,\"source_kid\":\"" DIGITS16 "\"", "," SOURCE ",\"source_size\":9,\"source_entry\":-5,\"source_kid\":\"" DIGITS16 "\"",
		"," SOURCE ",\"source_size\":9,\"source_entry\":5,\"source_kid\":\"x\"", ",\"source\":7,\"source_size\":9,\"source_entry\":5,\"source_kid\":\"" DIGITS16 "\"",
		",\"source\":\"../../store.key\",\"source_size\":9,\"source_entry\":5,\"source_kid\":\"" DIGITS16 "\"",
	};
	const char *good = "," SOURCE ",\"source_size\":9,\"source_entry\":5,\"source_kid\":\"" DIGITS16 "\"";
	struct list lines = { 0 };
	struct err e = { 0 };

	assert_int_equal(storeline_file(bytes_of(arena_printf(&arena, "%s%s", line("1.0.0", "live", good), line("1.1.0", "live", ""))), "example.org", "hello", &arena, &lines, &e), MS_OK);
	const struct storeline *with = lines.at[0], *without = lines.at[1];
	assert_string_equal(with->source, DIGITS16 DIGITS16 DIGITS16 DIGITS16);
	assert_string_equal(with->source_kid, DIGITS16);
	assert_int_equal(with->source_size, 9);
	assert_int_equal(with->source_entry, 5);
	assert_string_equal(without->source, "");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (storeline_file(bytes_of(line("1.0.0", "live", bad[i])), "example.org", "hello", &arena, &lines, &e) != -MS_ESIGNATURE)
			fail_msg("taken: %s", bad[i]);
	assert_int_equal(storeline_file(bytes_of(line("1.0.0", "quarantined", good)), "example.org", "hello", &arena, &lines, &e), -MS_ESIGNATURE);
}

static void a_word_is_a_vendor_a_name_and_perhaps_a_version(void **state)
{
	(void)state;
	static const char *const wrong[] = { "hello", "example.org/", "/hello", "example.org/hello@", "example.org/hello@1", "example/hello", "example.org/He", "example.org/../x", "example.org/hello@1.0.0/x" };
	struct storeline_word w;
	struct err e;

	assert_int_equal(storeline_word("example.org/hello", &arena, &w, &e), MS_OK);
	assert_null(w.version);
	assert_int_equal(storeline_word("example.org/hello@1.0.0+7", &arena, &w, &e), MS_OK);
	assert_string_equal(w.vendor, "example.org");
	assert_string_equal(w.name, "hello");
	assert_string_equal(w.version, "1.0.0+7");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(storeline_word(wrong[i], &arena, &w, &e), -MS_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_highest_that_is_live_is_taken_and_what_is_deprecated_only_without_one, give_back),
		cmocka_unit_test_teardown(what_was_taken_back_is_not_taken_and_says_why, give_back),
		cmocka_unit_test_teardown(a_line_that_cannot_be_one_is_refused, give_back),
		cmocka_unit_test_teardown(a_line_says_all_of_its_source_or_nothing, give_back),
		cmocka_unit_test_teardown(a_word_is_a_vendor_a_name_and_perhaps_a_version, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
