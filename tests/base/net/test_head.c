/* SPDX-License-Identifier: Apache-2.0 */
/* Of a request's head what can be told without one; the rest is tested with a server (tests/store/test_hostile_http.sh). */
#include "given.h"

#include <string.h>

#include "head.h"

static void only_this_computer_s_own_names_are_it(void **state)
{
	(void)state;
	static const char *const here[] = { "localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "127.1.2.3:8080", "[::1]", "[::1]:8080" };
	static const char *const elsewhere[] = {
		"", ":8080", "example.org", "localhost.evil.example", "localhost.", "127.0.0.1.evil.example", "127.0.0.1x", "127.1", "2130706433", "0x7f.0.0.1", "128.0.0.1", "10.0.0.1",
		"::1", "[::1].evil.example", "[::2]", "[", "[::1", "[0000:0000:0000:0000:0000:0000:0000:0001]x",
	};

	assert_false(head_host_is_here(NULL));
	for (size_t i = 0; i < sizeof(here) / sizeof(*here); i++)
		if (!head_host_is_here(here[i]))
			fail_msg("%s", here[i]);
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		if (head_host_is_here(elsewhere[i]))
			fail_msg("%s", elsewhere[i]);
}

static void escapes_are_taken_out_once_and_none_ends_a_text(void **state)
{
	(void)state;
	static const struct { const char *in, *out; } texts[] = {
		{ "", "" }, { "plain", "plain" }, { "a%20b", "a b" }, { "%41%6a%6A", "Ajj" }, { "%2541", "%41" }, { "%ff", "\xff" }, { "a%00b", "a%00b" }, { "%00", "%00" },
		{ "%", "%" }, { "%4", "%4" }, { "%zz", "%zz" }, { "%+4", "%+4" }, { "% 4", "% 4" }, { "%-1", "%-1" }, { "%0x41", "%0x41" }, { "a%", "a%" }, { "%%41", "%A" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char text[32];

		strcpy(text, texts[i].in);
		assert_int_equal(head_unescape(NULL, NULL, text), strlen(texts[i].out));
		assert_string_equal(text, texts[i].out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_this_computer_s_own_names_are_it),
		cmocka_unit_test(escapes_are_taken_out_once_and_none_ends_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
