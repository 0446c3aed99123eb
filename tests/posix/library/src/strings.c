/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of <string.h>. */
#include "library.h"

static char *fresh(char *to, size_t size)
{
	memset(to, '#', size);
	return to;
}

/* Each length, from each place in a word. */
static int a_length_is_that_before_the_end(void)
{
	char text[48];

	for (size_t start = 0; start < 5; start++)
		for (size_t n = 0; n < 40; n++) {
			fresh(text, sizeof(text))[start + n] = 0;
			MUST(strlen(text + start) == n);
		}
	MUST(strlen("") == 0 && strlen("\xff\x80") == 2 && strlen("a\0b") == 1);
	return 0;
}

static int texts_are_copied_with_their_end(void)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char to[48];

	for (size_t s = 0; s < 5; s++)
		for (size_t d = 0; d < 5; d++)
			for (size_t n = s; n < sizeof(alphabet); n += 3) {
				MUST(strcpy(fresh(to, sizeof(to)) + d, alphabet + n) == to + d && strcmp(to + d, alphabet + n) == 0);
				MUST((d == 0 || to[d - 1] == '#') && to[d + strlen(alphabet + n) + 1] == '#');
			}
	MUST(strcpy(fresh(to, 4), "") == to && to[0] == 0 && to[1] == '#');
	return 0;
}

/* What is left of the size is filled with zeros; a text that is as long has no end. */
static int no_more_than_that_is_copied(void)
{
	char to[8];

	MUST(strncpy(fresh(to, 8), "abc", 6) == to && memcmp(to, "abc\0\0\0##", 8) == 0);
	MUST(strncpy(fresh(to, 8), "abc", 3) == to && memcmp(to, "abc#####", 8) == 0);
	MUST(strncpy(fresh(to, 8), "abcdef", 2) == to && memcmp(to, "ab######", 8) == 0);
	MUST(strncpy(fresh(to, 8), "abc", 0) == to && to[0] == '#' && strncpy(fresh(to, 8), "", 2) == to && memcmp(to, "\0\0#", 3) == 0);
	MUST(strncpy(fresh(to, 8), "a\0bc", 4) == to && memcmp(to, "a\0\0\0#", 5) == 0);
	return 0;
}

static int texts_are_appended(void)
{
	char to[12] = "";

	MUST(strcat(to, "") == to && *to == 0 && strcat(to, "abc") == to && strcat(to, "de") == to && strcmp(to, "abcde") == 0);
	memcpy(to, "ab\0########", 12);
	MUST(strncat(to, "cdef", 2) == to && memcmp(to, "abcd\0######", 11) == 0);	/* an end in any case */
	MUST(strncat(to, "xyz", 0) == to && strcmp(to, "abcd") == 0 && strncat(to, "e", 99) == to && memcmp(to, "abcde\0#####", 11) == 0 && strncat(to, "", 5) == to && strcmp(to, "abcde") == 0);
	return 0;
}

static int texts_are_compared_as_unsigned_bytes(void)
{
	static const struct { const char *a, *b; int sign; } cases[] = {
		{ "", "", 0 }, { "a", "", 1 }, { "", "a", -1 }, { "abc", "abc", 0 }, { "abc", "abd", -1 }, { "abc", "ab", 1 }, { "ab", "abc", -1 }, { "\x7f", "\x80", -1 }, { "\xff", "a", 1 }, { "A", "a", -1 }, { "Z", "a", -1 },
		{ "abcdefghijklmnop", "abcdefghijklmnoq", -1 }, { "abcdefgh\xff", "abcdefgh\x01", 1 }, { "a\0b", "a\0c", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int sign = strcmp(cases[i].a, cases[i].b), limited = strncmp(cases[i].a, cases[i].b, 99), local = strcoll(cases[i].a, cases[i].b);

		MUST((sign > 0) - (sign < 0) == cases[i].sign && (limited > 0) - (limited < 0) == cases[i].sign && (local > 0) - (local < 0) == cases[i].sign);
	}
	return 0;
}

static int no_more_than_that_is_compared(void)
{
	MUST(strncmp("abc", "abd", 2) == 0 && strncmp("abc", "abd", 3) < 0 && strncmp("a", "b", 0) == 0 && strncmp("ab", "abc", 2) == 0 && strncmp("ab", "abc", 3) < 0);
	MUST(strncmp("a\0x", "a\0y", 3) == 0 && strncmp("abcdefghi", "abcdefghj", 8) == 0 && strncmp("abcdefghi", "abcdefghj", 9) < 0 && strncmp("\xff", "a", 1) > 0);
	return 0;
}

/* Every place of a word, and the end, which belongs to the text. */
static int characters_are_found(void)
{
	static const char text[] = "abcdefghijklmnopabcdefghijklmnop";

	for (size_t start = 0; start < 5; start++)
		for (int i = 4; i < 16; i++)
			MUST(strchr(text + start, 'a' + i) == text + i + (i < (int)start ? 16 : 0) && strrchr(text + start, 'a' + i) == text + i + 16);
	MUST(strchr(text, 0) == text + 32 && strrchr(text, 0) == text + 32 && strchr(text, 'z') == NULL && strrchr(text, 'z') == NULL && strchr("", 'a') == NULL && strrchr("", 'a') == NULL);
	MUST(strchr(text, 'c' + 256) == text + 2 && strrchr(text, 'c' + 256) == text + 18 && *strchr("x\xe4", 0xe4) == '\xe4' && *strrchr("\xe4x", '\xe4') == '\xe4');
	MUST(strchr("", 0) != NULL && strrchr("", 0) != NULL && strchr("a\0b", 'b') == NULL && strrchr("a\0b", 'b') == NULL);
	return 0;
}

static int spans_are_measured(void)
{
	MUST(strspn("aabbc", "ab") == 4 && strspn("abc", "") == 0 && strspn("", "abc") == 0 && strspn("abc", "cba") == 3 && strspn("\xff\xfe", "\xfe\xff") == 2 && strspn("xabc", "abc") == 0);
	MUST(strcspn("aabbc", "c") == 4 && strcspn("abc", "") == 3 && strcspn("", "abc") == 0 && strcspn("abc", "xyz") == 3 && strcspn("abc", "ca") == 0 && strcspn("a\xff", "\xff") == 1);
	return 0;
}

static int the_first_of_several_is_found(void)
{
	static const char text[] = "key=value;x";

	MUST(strpbrk(text, "=;") == text + 3 && strpbrk(text, ";=") == text + 3 && strpbrk(text, "?") == NULL && strpbrk(text, "") == NULL && strpbrk("", "a") == NULL && strpbrk(text, "x") == text + 10);
	return 0;
}

static int a_text_is_found_in_another(void)
{
	static const char text[] = "aaabaabaaab aabaaab needle in a haystack, a needle indeed that is longer than a word";

	MUST(strstr(text, "") == text && strstr("", "") != NULL && strstr("", "a") == NULL && strstr("ab", "abc") == NULL && strstr(text, "z") == NULL);
	MUST(strstr(text, "aab") == text + 1 && strstr(text, "aaba") == text + 1 && strstr(text, "abaaab ") == text + 5 && strstr(text, "needle indeed") == text + 44 && strstr(text, text) == text);
	MUST(strstr(text, "needle in a haystack, a needle indeed that") == text + 20 && strstr(text, "needle in a haystack, a needle indeed thaT") == NULL && strstr(text, "word") == text + sizeof(text) - 5 && strstr("a\0b", "b") == NULL);
	return 0;
}

/* In the one locale that there is texts are their own keys. */
static int keys_compare_as_their_texts(void)
{
	char key[8];

	MUST(strxfrm(NULL, "abc", 0) == 3 && strxfrm(NULL, "", 0) == 0);
	KEEPS_ERRNO(strxfrm(fresh(key, 8), "abc", 8) == 3 && strcmp(key, "abc") == 0 && key[4] == '#');
	MUST(strxfrm(fresh(key, 8), "abc", 4) == 3 && strcmp(key, "abc") == 0);
	MUST(strxfrm(fresh(key, 8), "abcdef", 3) == 6 && key[3] == '#');	/* too long: its length is told, nothing behind is touched */
	MUST(strxfrm(key, "", 1) == 0 && *key == 0);
	KEEPS_ERRNO(strcoll("a", "b") < 0);
	return 0;
}

const struct row string_rows[] = {
	ROW(strlen, "success", a_length_is_that_before_the_end),
	ROW(strcpy, "success", texts_are_copied_with_their_end),
	ROW(strncpy, "success", no_more_than_that_is_copied),
	ROW(strcat, "success", texts_are_appended),
	ROW(strncat, "success", texts_are_appended),
	ROW(strcmp, "success", texts_are_compared_as_unsigned_bytes),
	ROW(strncmp, "success", no_more_than_that_is_compared),
	ROW(strcoll, "success", texts_are_compared_as_unsigned_bytes),
	ROW(strchr, "success", characters_are_found),
	ROW(strrchr, "success", characters_are_found),
	ROW(strspn, "success", spans_are_measured),
	ROW(strcspn, "success", spans_are_measured),
	ROW(strpbrk, "success", the_first_of_several_is_found),
	ROW(strstr, "success", a_text_is_found_in_another),
	ROW(strxfrm, "success", keys_compare_as_their_texts),
	ROWS_END
};
