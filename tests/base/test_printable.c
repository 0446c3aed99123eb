/* SPDX-License-Identifier: Apache-2.0 */
#include "printable.h"

#include "captured.h"

static void check(const char *in, size_t size, const char *expected)
{
	char text[256];

	memcpy(text, in, size);
	size_t left = printable(text, size);
	assert_true(left <= size);
	text[left] = '\0';
	assert_string_equal(text, expected);
}

#define CHECK(in, expected) check(in, sizeof(in) - 1, expected)

static void text_stays_as_it_is(void **state)
{
	(void)state;

	CHECK("", "");
	CHECK("plain text, ~ and tab\t.", "plain text, ~ and tab\t.");
	CHECK("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf", "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf");
}

static void nothing_that_drives_a_terminal_gets_through(void **state)
{
	(void)state;

	CHECK("a\033[31mb", "a?[31mb");
	CHECK("a\0b\nc\rd\x7f" "e", "a?b?c?d?e");
	CHECK("a\xc2\x9b" "31mb", "a?31mb");		/* the one-character form of ESC [ */
	CHECK("\x9b" "31m", "?31m");
	CHECK("a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xd8\x9c", "a?b?c?");	/* marks of direction */
	CHECK("a\xe2\x80\xa8" "b", "a?b");
}

static void bytes_that_are_not_utf8_are_replaced_one_by_one(void **state)
{
	(void)state;

	CHECK("\xc3", "?");
	CHECK("\xe2\x82", "??");
	CHECK("\xc3(", "?(");
	CHECK("\xff\xfe", "??");
	CHECK("\xc0\xaf", "??");			/* overlong '/' */
	CHECK("\xe0\x80\xaf", "???");
	CHECK("\xf0\x80\x80\xaf", "????");
	CHECK("\xed\xa0\x80", "???");			/* a surrogate */
	CHECK("\xf4\x90\x80\x80", "????");		/* above U+10FFFF */
	CHECK("\xf8\x88\x80\x80\x80", "?????");
}

/* Every string of three bytes gives what is printable, once and for all. */
static void cleaning_is_complete_for_all_short_strings(void **state)
{
	(void)state;

	for (uint32_t i = 0; i < 1 << 24; i += 7) {
		char text[4] = { (char)(i >> 16), (char)(i >> 8), (char)i, 0 };
		char again[4];
		size_t size = printable(text, 3);
		assert_in_range(size, 1, 3);
		for (size_t k = 0; k < size; ) {
			size_t n = text[k] == '\t' ? 1 : printable_char(text + k, size - k);
			assert_int_not_equal(n, 0);
			k += n;
		}
		memcpy(again, text, 3);
		assert_int_equal(printable(again, size), size);
		assert_memory_equal(again, text, size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays_as_it_is),
		cmocka_unit_test(nothing_that_drives_a_terminal_gets_through),
		cmocka_unit_test(bytes_that_are_not_utf8_are_replaced_one_by_one),
		cmocka_unit_test(cleaning_is_complete_for_all_short_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
