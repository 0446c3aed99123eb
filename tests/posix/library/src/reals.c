/* SPDX-License-Identifier: Apache-2.0 */
/* How text becomes a number with a fraction. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "library.h"

/* What every function of the family makes of a text: a value that each type holds exactly, and how many characters of it are the number. */
static const struct { const char *text; float value; signed char used; } common[] = {
	{ "0", 0, 1 }, { "1", 1, 1 }, { "1.5", 1.5f, 3 }, { " \t\n-2.5", -2.5f, 7 }, { "+.5", .5f, 3 }, { "5.", 5, 2 }, { "5.e1", 50, 4 }, { "1e2", 100, 3 }, { "1E+2", 100, 4 }, { "25e-2", .25f, 5 },
	{ "1e", 1, 1 }, { "1e+", 1, 1 }, { "1e-x", 1, 1 }, { "1e2.5", 100, 3 }, { "1.2.3", 1.2f, 3 }, { "1,5", 1, 1 }, { "12abc", 12, 2 }, { "1_000", 1, 1 }, { "007.50", 7.5f, 6 }, { "1d2", 1, 1 },
	{ "", 0, 0 }, { " ", 0, 0 }, { ".", 0, 0 }, { "-", 0, 0 }, { "+-1", 0, 0 }, { "e5", 0, 0 }, { ".e5", 0, 0 }, { "x", 0, 0 }, { "- 1", 0, 0 }, { "-.", 0, 0 },
	{ "0x10", 16, 4 }, { "0X1.8p3", 12, 7 }, { "-0x.8p1", -1, 7 }, { "0x1p-2", .25f, 6 }, { "0x1.p1", 2, 6 }, { "0x1p", 1, 3 }, { "0x1p+", 1, 3 }, { "0xap1q", 20, 5 },
	{ "inf", HUGE_VALF, 3 }, { "-INF", -HUGE_VALF, 4 }, { "Infinity", HUGE_VALF, 8 }, { "+iNfInItYx", HUGE_VALF, 9 }, { "in", 0, 0 },
};

#define CONVERTS(function, type) \
	static int function##_takes_what_is_a_number(void) \
	{ \
		for (size_t i = 0; i < COUNT(common); i++) { \
			char *end = NULL; \
			type value; \
\
			errno = UNTOUCHED; \
			value = function(common[i].text, &end); \
			MUST((float)value == common[i].value && end == common[i].text + common[i].used); \
			MUST(errno == UNTOUCHED || (common[i].used == 0 && errno == EINVAL)); \
			MUST((float)function(common[i].text, NULL) == common[i].value); \
		} \
		MUST(signbit(function("-0", NULL)) && !signbit(function("0", NULL)) && signbit(function("-0x0p0", NULL))); \
		return 0; \
	} \
\
	static int function##_knows_what_is_no_number(void) \
	{ \
		static const struct { const char *text; int used; } none[] = { { "nan", 3 }, { "-NaN", 4 }, { "nan()", 5 }, { "nan(12)x", 7 }, { "nan(a_B)", 8 } }; \
		char *end; \
\
		for (size_t i = 0; i < COUNT(none); i++) \
			KEEPS_ERRNO(isnan(function(none[i].text, &end)) && end == none[i].text + none[i].used); \
		return 0; \
	}
CONVERTS(strtof, float)
CONVERTS(strtod, double)
CONVERTS(strtold, long double)

static int ends_of_float_are_found(void)
{
	char *end;

	KEEPS_ERRNO(strtof("3.40282346638528859e38", &end) == FLT_MAX && strtof("1.17549435082228751e-38", &end) == FLT_MIN && strtof("0.1", &end) == 0.1f);
	KEEPS_ERRNO(strtof("16777217", &end) == 16777216.f && strtof("16777219", &end) == 16777220.f && strtof("0x1.0000010p0", NULL) == 1.f && strtof("0x1.0000011p0", NULL) == 0x1.000002p0f);
	FAILS(strtof("1e39", &end) == HUGE_VALF && *end == 0, ERANGE);
	FAILS(strtof("-3.5e38x", &end) == -HUGE_VALF && *end == 'x', ERANGE);
	FAILS(strtof("0x1p128", &end) == HUGE_VALF && *end == 0, ERANGE);
	FAILS(fabsf(strtof("1e-60", &end)) <= FLT_MIN && *end == 0, ERANGE);
	FAILS(fabsf(strtof("-1e-9999", &end)) <= FLT_MIN && *end == 0, ERANGE);
	return 0;
}

static int ends_of_double_are_found(void)
{
	char *end;

	KEEPS_ERRNO(strtod("1.7976931348623157e308", &end) == DBL_MAX && strtod("2.2250738585072014e-308", &end) == DBL_MIN && strtod("0.1", &end) == 0.1 && strtod("1e23", &end) == 1e23);
	KEEPS_ERRNO(strtod("9007199254740993", &end) == 9007199254740992. && strtod("9007199254740995", &end) == 9007199254740996. && strtod("123456789012345678901234567890", &end) == 123456789012345678901234567890.);
	KEEPS_ERRNO(strtod("0.000000000000000000000000000000000000000000000001e48", &end) == 1 && strtod("100000000000000000000000000000000e-32", &end) == 1 && strtod("0e999999999", &end) == 0);
	FAILS(strtod("1e309", &end) == HUGE_VAL && *end == 0, ERANGE);
	FAILS(strtod("-1.8e308x", &end) == -HUGE_VAL && *end == 'x', ERANGE);
	FAILS(strtod("1e99999999999", &end) == HUGE_VAL && *end == 0, ERANGE);
	FAILS(strtod("0x1p1024", &end) == HUGE_VAL && *end == 0, ERANGE);
	FAILS(fabs(strtod("1e-400", &end)) <= DBL_MIN && *end == 0, ERANGE);
	FAILS(fabs(strtod("-1e-99999999999", &end)) <= DBL_MIN && *end == 0, ERANGE);
	FAILS(fabs(strtod("0x1p-1100", &end)) <= DBL_MIN && *end == 0, ERANGE);
	return 0;
}

/* The same wherever long double is no more than double, as on these processors; more on a PC. */
static int ends_of_long_double_are_found(void)
{
	char *end;

	KEEPS_ERRNO(strtold("1.79769313486231571e308", &end) >= DBL_MAX && strtold("0.5", &end) == 0.5L && strtold("4294967297", &end) == 4294967297.L);
	FAILS(strtold("1e5000", &end) == HUGE_VALL && *end == 0, ERANGE);
	FAILS(strtold("-1e5000x", &end) == -HUGE_VALL && *end == 'x', ERANGE);
	FAILS(fabsl(strtold("1e-5000", &end)) <= LDBL_MIN && *end == 0, ERANGE);
	return 0;
}

static int a_text_is_its_value(void)
{
	MUST(atof("1.5") == 1.5 && atof(" -2e2x") == -200 && atof("") == 0 && atof("x") == 0 && atof("0x1p4") == 16 && atof("0.1") == 0.1 && isinf(atof("inf")) && isnan(atof("nan")));
	return 0;
}

const struct row real_rows[] = {
	ROW(strtof, "success", strtof_takes_what_is_a_number),
	ROW(strtof, "nan", strtof_knows_what_is_no_number),
	ROW(strtof, "ERANGE", ends_of_float_are_found),
	ROW(strtod, "success", strtod_takes_what_is_a_number),
	ROW(strtod, "nan", strtod_knows_what_is_no_number),
	ROW(strtod, "ERANGE", ends_of_double_are_found),
	ROW(strtold, "success", strtold_takes_what_is_a_number),
	ROW(strtold, "nan", strtold_knows_what_is_no_number),
	ROW(strtold, "ERANGE", ends_of_long_double_are_found),
	ROW(atof, "success", a_text_is_its_value),
	ROWS_END
};
