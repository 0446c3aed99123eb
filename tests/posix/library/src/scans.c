/* SPDX-License-Identifier: Apache-2.0 */
/* What is read from text: sscanf and vsscanf. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "library.h"

static int scan(const char *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vsscanf(text, format, args);
	va_end(args);
	return n;
}

static int whole_numbers_are_read(void)
{
	static const struct { const char *text, *format; int result, value, used; } cases[] = {
		{ "12", "%d%n", 1, 12, 2 }, { " \t\n-7x", "%d%n", 1, -7, 5 }, { "+5", "%d%n", 1, 5, 2 }, { "007", "%d%n", 1, 7, 3 }, { "123", "%2d%n", 1, 12, 2 }, { "-12", "%2d%n", 1, -1, 2 }, { "0x1f", "%d%n", 1, 0, 1 },
		{ "0x1f", "%i%n", 1, 31, 4 }, { "017", "%i%n", 1, 15, 3 }, { "9", "%i%n", 1, 9, 1 }, { "-0X1F", "%i%n", 1, -31, 5 }, { "0x1f", "%x%n", 1, 31, 4 }, { "1F", "%X%n", 1, 31, 2 }, { "17", "%o%n", 1, 15, 2 }, { "4294967295", "%u%n", 1, -1, 10 }, { "-1", "%u%n", 1, -1, 2 },
		{ "x", "%d%n", 0, 77, 88 }, { "", "%d%n", EOF, 77, 88 }, { "  ", "%d%n", EOF, 77, 88 }, { "+x", "%d%n", 0, 77, 88 }, { "-x", "%d%n", 0, 77, 88 }, { "a=5", "a=%d%n", 1, 5, 3 }, { "a = 5", "a =%d%n", 1, 5, 5 }, { "b=5", "a=%d%n", 0, 77, 88 }, { "50%", "%d%%%n", 1, 50, 3 }, { "1 2", "%*d%d%n", 1, 2, 3 }, { "12", "%1d%n", 1, 1, 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int value = 77, used = 88;

		MUST(sscanf(cases[i].text, cases[i].format, &value, &used) == cases[i].result && value == cases[i].value && used == cases[i].used);
		value = 77, used = 88;
		MUST(scan(cases[i].text, cases[i].format, &value, &used) == cases[i].result && value == cases[i].value && used == cases[i].used);
	}
	return 0;
}

/* Each is stored where and as wide as it is said to be. */
static int sizes_of_numbers_are_kept(void)
{
	struct { signed char before, is, after; } c = { 1, 2, 3 };
	struct { short before, is, after; } h = { 1, 2, 3 };
	long l = 0;
	long long ll = 0;
	intmax_t j = 0;
	size_t z = 0;
	ptrdiff_t t = 0;
	int n = -1;
	short hn = -1;
	long long lln = -1;

	MUST(scan("-5 300 7", "%hhd %hd %ld", &c.is, &h.is, &l) == 3 && c.before == 1 && c.is == -5 && c.after == 3 && h.before == 1 && h.is == 300 && h.after == 3 && l == 7);
	MUST(scan("-9223372036854775808 -9 8 -7", "%lld %jd %zu %td", &ll, &j, &z, &t) == 4 && ll == LLONG_MIN && j == -9 && z == 8 && t == -7);
	MUST(scan("ffffffffffffffff", "%llx", (unsigned long long *)&ll) == 1 && ll == -1 && scan("12345", "%" SCNd64 "%n%hn%lln", (int64_t *)&ll, &n, &hn, &lln) == 1 && ll == 12345 && n == 5 && hn == 5 && lln == 5);
	return 0;
}

static int fractions_are_read(void)
{
	float f = 0, g = 0;
	double d = 0;
	int n = 0;

	MUST(scan("1.5 -2.5e2", "%f %lf", &f, &d) == 2 && f == 1.5f && d == -250);
	MUST(scan("1e2x", "%g%n", &f, &n) == 1 && f == 100 && n == 3 && scan("0x1.8p1", "%a", &f) == 1 && f == 3 && scan("12345", "%3f%e", &f, &g) == 2 && f == 123 && g == 45);
	MUST(scan("inf -INFINITY nan", "%f %lf %E", &f, &d, &g) == 3 && isinf(f) && isinf(d) && d < 0 && isnan(g));
	MUST(scan("x", "%f", &f) == 0 && scan("", "%f", &f) == EOF && scan("5.", "%f", &f) == 1 && f == 5);
	return 0;
}

static int texts_are_read(void)
{
	char a[12], b[12], c[4] = "###";
	int n = -1;
	void *p = NULL;

	MUST(scan(" one two", "%s%11s%n", a, b, &n) == 2 && strcmp(a, "one") == 0 && strcmp(b, "two") == 0 && n == 8 && scan("abcdef", "%3s%s", a, b) == 2 && strcmp(a, "abc") == 0 && strcmp(b, "def") == 0);
	MUST(scan(" x", "%c%c", a, b) == 2 && *a == ' ' && *b == 'x' && scan("xyz", "%2c", c) == 1 && memcmp(c, "xy#", 3) == 0 && scan(" x", " %c", a) == 1 && *a == 'x' && scan("", "%c", a) == EOF);
	MUST(scan("abc123", "%[a-z]%[0-9]", a, b) == 2 && strcmp(a, "abc") == 0 && strcmp(b, "123") == 0 && scan("a]b", "%[]a]%s", a, b) == 2 && strcmp(a, "a]") == 0 && scan("xy,z", "%[^,],%s", a, b) == 2 && strcmp(a, "xy") == 0 && strcmp(b, "z") == 0);
	MUST(scan("]", "%[^]]", a) == 0 && scan("a]", "%[^]]", a) == 1 && strcmp(a, "a") == 0 && scan(" a", "%[a]", a) == 0 && scan("a-b", "%[b-]", a) == 0 && scan("aaaa", "%2[a]", a) == 1 && strcmp(a, "aa") == 0);
	MUST(scan("skip keep", "%*s %s", a) == 1 && strcmp(a, "keep") == 0 && scan("", "") == 0 && scan("abc", "abd") == 0 && scan("ab", "abc%c", a) == EOF && scan("%5", "%%%d", &n) == 1 && n == 5);
	MUST(scan("12ab", "%d%n%s", &n, (int *)&p, a) == 2 && strcmp(a, "ab") == 0);
	return 0;
}

/* A character that does not fit stays; what came before it has been stored; nothing is counted that is not. */
static int reading_ends_where_it_does_not_fit(void)
{
	int a = 1, b = 2, c = 3;

	MUST(scan("10,20;30", "%d,%d,%d", &a, &b, &c) == 2 && a == 10 && b == 20 && c == 3 && scan("5", "%d%d", &a, &b) == 1 && a == 5 && b == 20 && scan("5 ", "%d %d", &a, &b) == 1);
	MUST(scan("7", "%*d") == 0 && scan("7 8", "%*d %*d%n", &a) == 0 && a == 3);
	return 0;
}

static int arguments_have_numbers(void)
{
	int a = 0, b = 0;

	MUST(scan("1 2", "%2$d %1$d", &a, &b) == 2 && a == 2 && b == 1);
	return 0;
}

const struct row scan_rows[] = {
	ROW(sscanf, "success", whole_numbers_are_read),
	ROW(vsscanf, "success", whole_numbers_are_read),
	ROW(vsscanf, "sizes", sizes_of_numbers_are_kept),
	ROW(vsscanf, "fractions", fractions_are_read),
	ROW(vsscanf, "texts", texts_are_read),
	ROW(vsscanf, "mismatch", reading_ends_where_it_does_not_fit),
	ROW(vsscanf, "numbered", arguments_have_numbers),
	ROWS_END
};
