/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "utf8.h"

/* Encode a code point by the arithmetic of RFC 3629, whether it is allowed or not, in `size` bytes. */
static void encode(uint32_t c, unsigned size, uint8_t out[4])
{
	static const uint8_t mark[] = { 0, 0x00, 0xc0, 0xe0, 0xf0 };

	for (unsigned i = size; i > 1; i--, c >>= 6)
		out[i - 1] = (uint8_t)(0x80 | (c & 0x3f));
	out[0] = (uint8_t)(mark[size] | c);
}

static unsigned shortest(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static void each_code_point_is_valid_in_its_shortest_form_only(void **state)
{
	(void)state;
	static const unsigned bits[] = { 0, 7, 11, 16, 21 };

	for (uint32_t c = 0; c < 0x130000; c++) {
		bool scalar = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);

		for (unsigned size = 1; size <= 4; size++) {
			uint8_t text[4];

			if (c >> bits[size])
				continue;
			encode(c, size, text);
			bool valid = utf8_valid((struct bytes){ text, size });
			if (valid != (scalar && size == shortest(c)))
				fail_msg("U+%04X in %u bytes: %d", (unsigned)c, size, valid);
		}
	}
}

static void a_cut_character_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = { "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x8c\x8d" };

	for (unsigned i = 0; i < 3; i++) {
		size_t whole = strlen(texts[i]);

		for (size_t size = 1; size < whole; size++) {
			uint8_t *copy = exact_copy((struct bytes){ (const uint8_t *)texts[i], size });

			assert_false(utf8_valid((struct bytes){ copy, size }));
			free(copy);
		}
		assert_true(utf8_valid((struct bytes){ (const uint8_t *)texts[i], whole }));
	}
}

static void only_first_bytes_begin_and_only_others_go_on(void **state)
{
	(void)state;
	for (unsigned first = 0x80; first <= 0xff; first++) {
		for (unsigned next = 0; next <= 0xff; next++) {
			const uint8_t text[] = { (uint8_t)first, (uint8_t)next };
			bool valid = first >= 0xc2 && first <= 0xdf && next >= 0x80 && next <= 0xbf;

			assert_int_equal(utf8_valid(BYTES_OF(text)), valid);
		}
	}
}

static void texts_are_valid_to_their_end(void **state)
{
	(void)state;
	assert_true(utf8_valid((struct bytes){ NULL, 0 }));
	assert_true(utf8_valid(BYTES_LITERAL("plain, \xc3\xa4 and \xe2\x82\xac")));
	assert_false(utf8_valid(BYTES_LITERAL("plain, \xc3\xa4 and \xe2\x82")));
	assert_false(utf8_valid(BYTES_LITERAL("\xffplain")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_code_point_is_valid_in_its_shortest_form_only),
		cmocka_unit_test(a_cut_character_is_refused),
		cmocka_unit_test(only_first_bytes_begin_and_only_others_go_on),
		cmocka_unit_test(texts_are_valid_to_their_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
