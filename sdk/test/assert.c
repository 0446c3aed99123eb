/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SHOWN = 60 };	/* characters of a string that did not compare */

/* The C library's printf may know no 64-bit numbers. */
static const char *hexadecimal(uintmax_t v, char text[20])
{
	char *at = text + 19;

	*at = '\0';
	do {
		*--at = "0123456789abcdef"[v & 15];
		v >>= 4;
	} while (v);
	*--at = 'x';
	*--at = '0';
	return at;
}

void ms_assert(bool holds, const char *text, const char *file, int line)
{
	if (!holds)
		ms_boardtest_fail(file, line, "%s", text);
}

void ms_assert_number(bool wanted_equal, uintmax_t a, uintmax_t b, const char *file, int line)
{
	char left[20], right[20];

	if ((a == b) != wanted_equal)
		ms_boardtest_fail(file, line, "%s %s %s", hexadecimal(a, left), wanted_equal ? "!=" : "==", hexadecimal(b, right));
}

void ms_assert_float(bool wanted_equal, float a, float b, float epsilon, const char *file, int line)
{
	if ((a - b <= epsilon && b - a <= epsilon) != wanted_equal)
		ms_boardtest_fail(file, line, "%s", wanted_equal ? "the numbers differ by more than epsilon" : "the numbers are equal");
}

void ms_assert_string(bool wanted_equal, const char *a, const char *b, const char *file, int line)
{
	if (!strcmp(a, b) != wanted_equal)
		ms_boardtest_fail(file, line, "\"%.*s\" %s \"%.*s\"", SHOWN, a, wanted_equal ? "!=" : "==", SHOWN, b);
}

void ms_assert_memory(bool wanted_equal, const void *a, const void *b, size_t size, const char *file, int line)
{
	const uint8_t *left = a, *right = b;
	size_t at = 0;

	while (at < size && left[at] == right[at])
		at++;
	if ((at == size) == wanted_equal)
		return;
	if (wanted_equal)
		ms_boardtest_fail(file, line, "at offset %u: 0x%02x != 0x%02x", (unsigned)at, left[at], right[at]);
	ms_boardtest_fail(file, line, "%u bytes are the same", (unsigned)size);
}

void ms_assert_range(bool wanted_in, uintmax_t v, uintmax_t low, uintmax_t high, const char *file, int line)
{
	char text[3][20];

	if ((v >= low && v <= high) != wanted_in)
		ms_boardtest_fail(file, line, "%s is %sin %s to %s", hexadecimal(v, text[0]), wanted_in ? "not " : "",
				  hexadecimal(low, text[1]), hexadecimal(high, text[2]));
}

void ms_assert_set(bool wanted_in, uintmax_t v, const uintmax_t *set, size_t count, const char *file, int line)
{
	char text[20];
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found |= set[i] == v;
	if (found != wanted_in)
		ms_boardtest_fail(file, line, "%s is %sin the set", hexadecimal(v, text), wanted_in ? "not " : "");
}
