/* SPDX-License-Identifier: Apache-2.0 */
/* Formatted text in memory: sprintf and its relatives. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "library.h"

static char text[120];

/* All four say the same, in the text and in the count; their formats are beyond the compiler's knowledge. */
static bool prints(const char *want, const char *format, ...)
{
	static char other[sizeof(text)];
	va_list args, again;
	int size = (int)strlen(want), n, m;

	va_start(args, format);
	va_copy(again, args);
	n = vsprintf(text, format, args);
	m = vsnprintf(other, sizeof(other), format, again);
	va_end(again);
	va_end(args);
	return n == size && m == size && strcmp(text, want) == 0 && strcmp(other, want) == 0;
}

static int whole_numbers_are_printed(void)
{
	static const struct { const char *want, *format; int value; } cases[] = {
		{ "0", "%d", 0 }, { "-1", "%d", -1 }, { "2147483647", "%i", INT_MAX }, { "-2147483648", "%d", INT_MIN }, { "4294967295", "%u", -1 }, { "37777777777", "%o", -1 }, { "ffffffff", "%x", -1 }, { "FFFFFFFF", "%X", -1 },
		{ "+5", "%+d", 5 }, { "-5", "%+d", -5 }, { " 5", "% d", 5 }, { "-5", "% d", -5 }, { "+5", "%+ d", 5 }, { "+0", "%+d", 0 }, { "5", "%+u", 5 }, { "   42", "%5d", 42 }, { "42   ", "%-5d", 42 }, { "00042", "%05d", 42 }, { "-0042", "%05d", -42 },
		{ "42   ", "%-05d", 42 }, { "  042", "%5.3d", 42 }, { "  042", "%05.3d", 42 }, { "042  ", "%-5.3d", 42 }, { "-042", "%.3d", -42 }, { "+0042", "%+.4d", 42 }, { "", "%.0d", 0 }, { "", "%.d", 0 }, { "     ", "%5.0d", 0 }, { "+", "%+.0d", 0 }, { "7", "%.0d", 7 },
		{ "0x2a", "%#x", 42 }, { "0X2A", "%#X", 42 }, { "052", "%#o", 42 }, { "0", "%#x", 0 }, { "0", "%#o", 0 }, { "", "%#.0x", 0 }, { "  0x2a", "%#6x", 42 }, { "0x002a", "%#06x", 42 }, { "0x02a ", "%-#6.3x", 42 }, { "0052", "%#.4o", 42 }, { "052", "%#.2o", 42 },
		{ "-1", "%hd", 0xffff }, { "65535", "%hu", -1 }, { "-128", "%hhd", 128 }, { "255", "%hhu", -1 }, { "ff", "%hhx", -1 }, { "177777", "%ho", -1 }, { "A", "%c", 'A' }, { "    A", "%5c", 'A' }, { "A    ", "%-5c", 'A' }, { "a%b", "a%%b", 0 }, { "", "", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		MUST(prints(cases[i].want, cases[i].format, cases[i].value));
	MUST(prints("   42|42   |0042|42", "%*d|%*d|%.*d|%.*d", 5, 42, -5, 42, 4, 42, -3, 42));
	return 0;
}

static int sizes_of_numbers_are_said(void)
{
	MUST(prints("-9223372036854775808 9223372036854775807 18446744073709551615", "%lld %lli %llu", LLONG_MIN, LLONG_MAX, ULLONG_MAX));
	MUST(prints("ffffffffffffffff 1777777777777777777777 0XFFFFFFFFFFFFFFFF", "%llx %llo %#llX", ULLONG_MAX, ULLONG_MAX, ULLONG_MAX));
	MUST(prints("-2147483648 4294967295 80000000", "%ld %lu %lx", -2147483647L - 1, 4294967295UL, 0x80000000UL));
	MUST(prints("-7 7 -7 7 7 -7", "%jd %ju %td %zu %zx %zd", INTMAX_C(-7), UINTMAX_C(7), (ptrdiff_t)-7, (size_t)7, (size_t)7, (size_t)-7));
	MUST(prints("-5 255 65535 " "4000000000 -5000000000 12", "%" PRId8 " %" PRIu8 " %" PRIu16 " %" PRIu32 " %" PRId64 " %" PRIxPTR, (int8_t)-5, (uint8_t)255, (uint16_t)65535, (uint32_t)4000000000u, INT64_C(-5000000000), (uintptr_t)18));
	MUST(prints("1 -2 3 -4", "%d %lld %d %lld", 1, -2LL, 3, -4LL));
	return 0;
}

static int texts_are_printed(void)
{
	int dummy, n;
	char again[40];
	void *back = NULL;

	MUST(prints("text|      text|text      |te|        te||t", "%s|%10s|%-10s|%.2s|%10.2s|%.0s|%.*s", "text", "text", "text", "text", "text", "text", 1, "text"));
	MUST(prints("abc", "%.3s", (const char[]){ 'a', 'b', 'c' }));		/* which has no end */
	MUST((n = snprintf(again, sizeof(again), "%p", (void *)&dummy)) > 0 && prints(again, "%p", (void *)&dummy) && sscanf(again, "%p", &back) == 1 && back == &dummy);
	MUST(sprintf(text, "%c%c%c", 'a', 0, 'b') == 3 && memcmp(text, "a\0b\0", 4) == 0);
	return 0;
}

static int fractions_are_printed(void)
{
	static const struct { const char *want, *format; double value; } cases[] = {
		{ "0.000000", "%f", 0 }, { "-0.000000", "%f", -0. }, { "1.500000", "%f", 1.5 }, { "-1.5", "%.1f", -1.5 }, { "2", "%.0f", 1.5 }, { "2", "%.0f", 2.5 }, { "4", "%.0f", 3.5 }, { "0", "%.0f", .5 }, { "3.", "%#.0f", 3 }, { "0.13", "%.2f", .125 + 1e-9 }, { "0.12", "%.2f", .125 },
		{ "+1.50", "%+.2f", 1.5 }, { " 1.50", "% .2f", 1.5 }, { "    1.50", "%8.2f", 1.5 }, { "1.50    ", "%-8.2f", 1.5 }, { "00001.50", "%08.2f", 1.5 }, { "-0001.50", "%08.2f", -1.5 }, { "100000000000000000000.0", "%.1f", 1e20 }, { "0.000001", "%f", 1e-6 }, { "0.000000", "%f", 1e-7 },
		{ "9007199254740992.0", "%.1f", 9007199254740992. }, { "0.1000000000000000", "%.16f", .1 }, { "10.0", "%.1f", 9.95 + .01 }, { "1.0", "%.1f", .96 },
		{ "0.000000e+00", "%e", 0 }, { "1.500000e+00", "%e", 1.5 }, { "1.50e+02", "%.2e", 150 }, { "2e+02", "%.0e", 150 }, { "2e+00", "%.0e", 2.5 }, { "1.E+01", "%#.0E", 10 }, { "1.234568e-05", "%e", 1.2345678e-5 }, { "1.797693e+308", "%e", 1.7976931348623157e308 }, { "2.225074e-308", "%e", 2.2250738585072014e-308 }, { "9.99999e+99", "%.5e", 9.99999e99 },
		{ "0", "%g", 0 }, { "1.5", "%g", 1.5 }, { "100000", "%g", 1e5 }, { "1e+06", "%g", 1e6 }, { "0.0001", "%g", 1e-4 }, { "1e-05", "%g", 1e-5 }, { "1.00000", "%#g", 1 }, { "1E-05", "%G", 1e-5 }, { "123.457", "%g", 123.4567 }, { "1.2e+02", "%.2g", 123 }, { "1e+02", "%.0g", 123 }, { "0.1", "%.10g", .1 }, { "  1.5", "%5g", 1.5 }, { "3.14159", "%.6g", 3.14159265 },
		{ "inf", "%f", INFINITY }, { "-inf", "%e", -INFINITY }, { "INF", "%F", INFINITY }, { "INF", "%G", INFINITY }, { "nan", "%g", NAN }, { "NAN", "%E", NAN }, { "  inf", "%05f", INFINITY }, { "+inf", "%+f", INFINITY }, { "inf  ", "%-5f", INFINITY }, { " inf", "% .3e", INFINITY },
		{ "0x1p+0", "%a", 1 }, { "0x1.8p+1", "%a", 3 }, { "-0x1p-1", "%a", -.5 }, { "0X1.8P+1", "%A", 3 }, { "0x0p+0", "%a", 0 }, { "0x1.800p+1", "%.3a", 3 }, { "0x1.fffffffffffffp+1023", "%a", 1.7976931348623157e308 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		MUST(prints(cases[i].want, cases[i].format, cases[i].value));
	MUST(prints("1.5 -3", "%.1lf %d", 1.5, -3));
	MUST(prints("  1.50|1.5", "%*.*f|%.*f", 6, 2, 1.5, 1, 1.5));
	return 0;
}

/* %n is not compiled in: a format that came from elsewhere could write with it.  It is a text like others, and what it would be stored in stays. */
static int a_format_stores_nothing(void)
{
	int a = -1;

	MUST(prints("ab%ncd", "ab%ncd", &a) && a == -1);
	return 0;
}

/* Arguments by their number, in any order and more than once. */
static int arguments_have_numbers(void)
{
	MUST(prints("2 1", "%2$d %1$d", 1, 2) && prints("a b a", "%1$s %2$s %1$s", "a", "b") && prints("   7|text|1.5", "%3$*1$d|%2$s|%4$.1f", 4, "text", 7, 1.5));
	MUST(prints("-5000000000 1", "%2$lld %1$d", 1, -5000000000LL));
	return 0;
}

static int no_more_than_the_size_is_written(void)
{
	KEEPS_ERRNO(snprintf(NULL, 0, "%d %s", 12345, "text") == 10);
	for (size_t size = 0; size <= 8; size++) {
		char want[9] = "########";

		memcpy(want, "abcdef", size < 7 ? size : 7);
		if (size)
			want[size < 7 ? size - 1 : 6] = 0;
		memset(text, '#', 9);
		MUST(snprintf(text, size, "abc%s", "def") == 6 && memcmp(text, want, 8) == 0);
	}
	memset(text, '#', 9);
	MUST(snprintf(text, 1, "%s", "") == 0 && text[0] == 0 && text[1] == '#' && snprintf(text, 4, "%d", -123456) == 7 && strcmp(text, "-12") == 0 && snprintf(text, INT_MAX, "x") == 1);
	return 0;
}

static int v_print(size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vsnprintf(text, size, format, args);
	va_end(args);
	return n;
}

/* A size that an int cannot count is refused. */
static int sizes_have_their_end(void)
{
	strcpy(text, "before");
	FAILS(snprintf(text, (size_t)INT_MAX + 1, "x") < 0, EOVERFLOW);
	FAILS(snprintf(text, SIZE_MAX, "x") < 0, EOVERFLOW);
	FAILS(v_print((size_t)INT_MAX + 1, "x") < 0, EOVERFLOW);
	MUST(v_print(INT_MAX, "%d", 7) == 1 && strcmp(text, "7") == 0);
	return 0;
}

const struct row print_rows[] = {
	ROW(sprintf, "success", texts_are_printed),
	ROW(sprintf, "integers", whole_numbers_are_printed),
	ROW(sprintf, "sizes", sizes_of_numbers_are_said),
	ROW(sprintf, "fractions", fractions_are_printed),
	ROW(vsprintf, "success", texts_are_printed),
	ROW(vsprintf, "integers", whole_numbers_are_printed),
	ROW(vsprintf, "n", a_format_stores_nothing),
	ROW(vsprintf, "numbered", arguments_have_numbers),
	ROW(snprintf, "success", no_more_than_the_size_is_written),
	ROW(snprintf, "EOVERFLOW", sizes_have_their_end),
	ROW(vsnprintf, "success", whole_numbers_are_printed),
	ROW(vsnprintf, "fractions", fractions_are_printed),
	ROW(vsnprintf, "numbered", arguments_have_numbers),
	ROW(vsnprintf, "EOVERFLOW", sizes_have_their_end),
	ROWS_END
};
