/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers: their sizes, their quotients, and how text becomes one. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "library.h"

static int values_lose_their_sign(void)
{
	MUST(abs(0) == 0 && abs(-1) == 1 && abs(INT_MAX) == INT_MAX && abs(INT_MIN + 1) == INT_MAX);
	MUST(labs(0L) == 0 && labs(-7L) == 7 && labs(LONG_MIN + 1) == LONG_MAX);
	MUST(llabs(0LL) == 0 && llabs(-7000000000LL) == 7000000000LL && llabs(LLONG_MIN + 1) == LLONG_MAX);
	MUST(imaxabs(INTMAX_C(0)) == 0 && imaxabs(INTMAX_C(-7000000000)) == INTMAX_C(7000000000) && imaxabs(INTMAX_MIN + 1) == INTMAX_MAX);
	return 0;
}

/* Quotients are rounded to zero, remainders have the sign of what was divided. */
#define DIVIDES(function, result, type, least, most) \
	static int function##_rounds_to_zero(void) \
	{ \
		static const type cases[][4] = { \
			{ 7, 2, 3, 1 }, { -7, 2, -3, -1 }, { 7, -2, -3, 1 }, { -7, -2, 3, -1 }, { 0, 5, 0, 0 }, { 1, 5, 0, 1 }, { -1, 5, 0, -1 }, \
			{ most, 1, most, 0 }, { most, -1, -most, 0 }, { least, 1, least, 0 }, { least, 2, least / 2, 0 }, { least, most, -1, -1 }, { most, least, 0, most }, \
		}; \
\
		for (size_t i = 0; i < COUNT(cases); i++) { \
			result r = function(cases[i][0], cases[i][1]); \
\
			MUST(r.quot == cases[i][2] && r.rem == cases[i][3]); \
		} \
		return 0; \
	}
DIVIDES(div, div_t, int, INT_MIN, INT_MAX)
DIVIDES(ldiv, ldiv_t, long, LONG_MIN, LONG_MAX)
DIVIDES(lldiv, lldiv_t, long long, LLONG_MIN, LLONG_MAX)
DIVIDES(imaxdiv, imaxdiv_t, intmax_t, INTMAX_MIN, INTMAX_MAX)

static int text_is_a_number_of_base_ten(void)
{
	MUST(atoi("0") == 0 && atoi(" \t\n\v\f\r-12x") == -12 && atoi("+7") == 7 && atoi("") == 0 && atoi("x") == 0 && atoi("0x1f") == 0 && atoi("017") == 17);
	MUST(atoi("2147483647") == INT_MAX && atoi("-2147483648") == INT_MIN && atol("-2147483648") == -2147483647L - 1 && atol(" +12 3") == 12 && atol("") == 0);
	MUST(atoll("9223372036854775807") == LLONG_MAX && atoll("-9223372036854775808") == LLONG_MIN && atoll(" -5.9") == -5 && atoll("") == 0);
	return 0;
}

/* What every function of the family makes of a text: the value, and how many characters of it are the number. */
static const struct { const char *text; signed char base; short value; signed char used; } common[] = {
	{ "0", 10, 0, 1 }, { "12", 10, 12, 2 }, { "+5", 10, 5, 2 }, { " \t\n\v\f\r7", 10, 7, 7 }, { "12x", 10, 12, 2 }, { "1 2", 10, 1, 1 }, { "007", 10, 7, 3 },
	{ "", 10, 0, 0 }, { " ", 10, 0, 0 }, { "x", 10, 0, 0 }, { "+", 10, 0, 0 }, { "-", 10, 0, 0 }, { "+-5", 10, 0, 0 }, { "--5", 10, 0, 0 }, { "- 5", 10, 0, 0 }, { " +x", 10, 0, 0 },
	{ "-0", 10, 0, 2 }, { "101", 2, 5, 3 }, { "12", 2, 1, 1 }, { "2", 2, 0, 0 }, { "78", 8, 7, 1 }, { "0b1", 2, 0, 1 }, { "a", 10, 0, 0 },
	{ "z", 36, 35, 1 }, { "Z", 36, 35, 1 }, { "1z", 36, 71, 2 }, { "z", 35, 0, 0 }, { "yz", 35, 34, 1 }, { "@", 36, 0, 0 }, { "[", 36, 0, 0 }, { "`", 36, 0, 0 }, { "{", 36, 0, 0 }, { "/", 36, 0, 0 }, { ":", 36, 0, 0 },
	{ "0x1f", 16, 31, 4 }, { "0X1F", 16, 31, 4 }, { "1f", 16, 31, 2 }, { "0x", 16, 0, 1 }, { "0xg", 16, 0, 1 }, { "x1", 16, 0, 0 }, { "00x1", 16, 0, 2 }, { "0x1", 10, 0, 1 }, { "0x1", 8, 0, 1 }, { "0x1", 36, 33 * 36 + 1, 3 },
	{ "0", 0, 0, 1 }, { "10", 0, 10, 2 }, { "017", 0, 15, 3 }, { "08", 0, 0, 1 }, { "0x1f", 0, 31, 4 }, { "+0x1f", 0, 31, 5 }, { "0x", 0, 0, 1 }, { "0xx", 0, 0, 1 }, { "0b1", 0, 0, 1 },
};

/* errno stays as it was where nothing is wrong; a text that is no number may be EINVAL, as POSIX lets it be. */
#define CONVERTS(function, type) \
	static int function##_takes_what_is_a_number(void) \
	{ \
		for (size_t i = 0; i < COUNT(common); i++) { \
			char *end = NULL; \
			int want = common[i].used, base = common[i].base; \
			type value = (type)common[i].value; \
\
			errno = UNTOUCHED; \
			MUST(function(common[i].text, &end, base) == value && end == common[i].text + want); \
			MUST(errno == UNTOUCHED || (want == 0 && errno == EINVAL)); \
			MUST(function(common[i].text, NULL, base) == value); \
		} \
		return 0; \
	} \
\
	static int function##_knows_bases_to_36(void) \
	{ \
		static const int bad[] = { 1, 37, -1, 100, INT_MAX, INT_MIN }; \
		char *end; \
\
		for (size_t i = 0; i < COUNT(bad); i++) { \
			FAILS(function("10", &end, bad[i]) == 0, EINVAL); \
			FAILS(function("10", NULL, bad[i]) == 0, EINVAL); \
		} \
		for (int base = 2; base <= 36; base++) \
			MUST(function("10", &end, base) == (type)base && *end == 0); \
		return 0; \
	}
CONVERTS(strtol, long)
CONVERTS(strtoll, long long)
CONVERTS(strtoimax, intmax_t)
CONVERTS(strtoul, unsigned long)
CONVERTS(strtoull, unsigned long long)
CONVERTS(strtoumax, uintmax_t)

/* The last number that fits and the first that does not, in three bases; all of its digits are taken. */
#define ENDS_SIGNED(function, type, least, most) \
	static int function##_has_its_range(void) \
	{ \
		char text[32], *end; \
		unsigned long long above = (unsigned long long)(most) + 1; \
\
		sprintf(text, "%lld", (long long)(most)); \
		KEEPS_ERRNO(function(text, &end, 10) == (most) && *end == 0); \
		sprintf(text, "%lld", (long long)(least)); \
		KEEPS_ERRNO(function(text, &end, 10) == (least) && *end == 0); \
		sprintf(text, "-0x%llx", above); \
		KEEPS_ERRNO(function(text, &end, 0) == (least) && *end == 0); \
		sprintf(text, "%llu", above); \
		FAILS(function(text, &end, 10) == (most) && *end == 0, ERANGE); \
		sprintf(text, "-%llu", above + 1); \
		FAILS(function(text, &end, 10) == (least) && *end == 0, ERANGE); \
		sprintf(text, "0%llo", above); \
		FAILS(function(text, &end, 0) == (most) && *end == 0, ERANGE); \
		FAILS(function("99999999999999999999999x", &end, 10) == (most) && *end == 'x', ERANGE); \
		FAILS(function("-zzzzzzzzzzzzzzzzzzzzzzz!", &end, 36) == (least) && *end == '!', ERANGE); \
		return 0; \
	}
ENDS_SIGNED(strtol, long, LONG_MIN, LONG_MAX)
ENDS_SIGNED(strtoll, long long, LLONG_MIN, LLONG_MAX)
ENDS_SIGNED(strtoimax, intmax_t, INTMAX_MIN, INTMAX_MAX)

/* A minus negates what the digits say, so that even the largest has its negative. */
#define ENDS_UNSIGNED(function, type, most) \
	static int function##_has_its_range(void) \
	{ \
		char text[32], *end; \
\
		sprintf(text, "%llu", (unsigned long long)(most)); \
		KEEPS_ERRNO(function(text, &end, 10) == (most) && *end == 0); \
		sprintf(text, "-%llu", (unsigned long long)(most)); \
		KEEPS_ERRNO(function(text, &end, 10) == 1 && *end == 0); \
		KEEPS_ERRNO(function("-1", &end, 10) == (most) && *end == 0); \
		sprintf(text, "0x1%llx", (unsigned long long)(most)); \
		FAILS(function(text, &end, 0) == (most) && *end == 0, ERANGE); \
		FAILS(function("-99999999999999999999999x", &end, 10) == (most) && *end == 'x', ERANGE); \
		FAILS(function("zzzzzzzzzzzzzzzzzzzzzzz!", &end, 36) == (most) && *end == '!', ERANGE); \
		return 0; \
	}
ENDS_UNSIGNED(strtoul, unsigned long, ULONG_MAX)
ENDS_UNSIGNED(strtoull, unsigned long long, ULLONG_MAX)
ENDS_UNSIGNED(strtoumax, uintmax_t, UINTMAX_MAX)

const struct row integer_rows[] = {
	ROW(abs, "success", values_lose_their_sign),
	ROW(labs, "success", values_lose_their_sign),
	ROW(llabs, "success", values_lose_their_sign),
	ROW(imaxabs, "success", values_lose_their_sign),
	ROW(div, "success", div_rounds_to_zero),
	ROW(ldiv, "success", ldiv_rounds_to_zero),
	ROW(lldiv, "success", lldiv_rounds_to_zero),
	ROW(imaxdiv, "success", imaxdiv_rounds_to_zero),
	ROW(atoi, "success", text_is_a_number_of_base_ten),
	ROW(atol, "success", text_is_a_number_of_base_ten),
	ROW(atoll, "success", text_is_a_number_of_base_ten),
	ROW(strtol, "success", strtol_takes_what_is_a_number),
	ROW(strtol, "EINVAL", strtol_knows_bases_to_36),
	ROW(strtol, "ERANGE", strtol_has_its_range),
	ROW(strtoll, "success", strtoll_takes_what_is_a_number),
	ROW(strtoll, "EINVAL", strtoll_knows_bases_to_36),
	ROW(strtoll, "ERANGE", strtoll_has_its_range),
	ROW(strtoimax, "success", strtoimax_takes_what_is_a_number),
	ROW(strtoimax, "EINVAL", strtoimax_knows_bases_to_36),
	ROW(strtoimax, "ERANGE", strtoimax_has_its_range),
	ROW(strtoul, "success", strtoul_takes_what_is_a_number),
	ROW(strtoul, "EINVAL", strtoul_knows_bases_to_36),
	ROW(strtoul, "ERANGE", strtoul_has_its_range),
	ROW(strtoull, "success", strtoull_takes_what_is_a_number),
	ROW(strtoull, "EINVAL", strtoull_knows_bases_to_36),
	ROW(strtoull, "ERANGE", strtoull_has_its_range),
	ROW(strtoumax, "success", strtoumax_takes_what_is_a_number),
	ROW(strtoumax, "EINVAL", strtoumax_knows_bases_to_36),
	ROW(strtoumax, "ERANGE", strtoumax_has_its_range),
	ROWS_END
};
