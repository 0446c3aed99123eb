/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as text. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "library.h"

static const struct tm watershed = { .tm_year = 73, .tm_mon = 8, .tm_mday = 16, .tm_hour = 1, .tm_min = 3, .tm_sec = 52, .tm_wday = 0, .tm_yday = 258 };

static int dates_have_26_characters(void)
{
	char text[40] = "";
	struct tm tm = { .tm_year = 8099, .tm_mon = 11, .tm_mday = 1, .tm_hour = 23, .tm_min = 59, .tm_sec = 60, .tm_wday = 6 };
	time_t t = 0;

	MUST(strcmp(asctime(&watershed), "Sun Sep 16 01:03:52 1973\n") == 0 && asctime_r(&watershed, text) == text && strcmp(text, "Sun Sep 16 01:03:52 1973\n") == 0);
	MUST(strcmp(asctime(&tm), "Sat Dec  1 23:59:60 9999\n") == 0);
	MUST(strcmp(ctime(&t), "Thu Jan  1 00:00:00 1970\n") == 0 && ctime_r(&t, text) == text && strcmp(text, "Thu Jan  1 00:00:00 1970\n") == 0);
	t = -1;
	MUST(strcmp(ctime(&t), "Wed Dec 31 23:59:59 1969\n") == 0 && strcmp(ctime_r(&t, text), ctime(&t)) == 0);
	return 0;
}

/* POSIX leaves open what becomes of a date that is none; nothing is written beyond the 26 characters. */
static int dates_that_are_none_have_no_text(void)
{
	static const struct tm none[] = { { .tm_year = 8100, .tm_mday = 1 }, { .tm_year = 2147483647, .tm_mday = 1 }, { .tm_mon = 12, .tm_mday = 1 }, { .tm_mon = -1, .tm_mday = 1 }, { .tm_wday = 7, .tm_mday = 1 }, { .tm_wday = -1, .tm_mday = 1 }, { .tm_mday = 1, .tm_hour = 1000 } };
	char text[40];
	time_t t = 253402300800;

	for (size_t i = 0; i < COUNT(none); i++) {
		FAILS(!asctime(&none[i]), EOVERFLOW);
		memset(text, '#', sizeof(text));
		FAILS(!asctime_r(&none[i], text) && text[26] == '#', EOVERFLOW);
	}
	FAILS(!ctime(&t), EOVERFLOW);
	FAILS(!ctime_r(&t, text), EOVERFLOW);
	t = (time_t)1 << 62;
	FAILS(!ctime(&t), EOVERFLOW);
	FAILS(!ctime_r(&t, text), EOVERFLOW);
	return 0;
}

static const struct { const char *format, *text; } conversions[] = {
	{ "%a %A", "Sun Sunday" }, { "%b %B %h", "Sep September Sep" }, { "%C %y %Y", "19 73 1973" }, { "%d %e", "16 16" }, { "%D", "09/16/73" }, { "%F", "1973-09-16" }, { "%g %G %V", "73 1973 37" }, { "%H %I %M %S", "01 01 03 52" },
	{ "%j", "259" }, { "%m", "09" }, { "%n%t%%", "\n\t%" }, { "%p", "AM" }, { "%r", "01:03:52 AM" }, { "%R %T", "01:03 01:03:52" }, { "%u %w", "7 0" }, { "%U %W", "37 37" }, { "%c", "Sun Sep 16 01:03:52 1973" },
	{ "%x %X", "09/16/73 01:03:52" }, { "%Ec %EC %Ex %EX %Ey %EY", "Sun Sep 16 01:03:52 1973 19 09/16/73 01:03:52 73 1973" }, { "%Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy", "16 16 01 01 09 03 52 7 37 37 0 37 73" },
	{ "", "" }, { "plain", "plain" },
};

static int each_conversion_is_known(void)
{
	char text[100];

	for (size_t i = 0; i < COUNT(conversions); i++) {
		KEEPS_ERRNO(strftime(text, sizeof(text), conversions[i].format, &watershed) == strlen(conversions[i].text));
		MUST(strcmp(text, conversions[i].text) == 0);
	}
	return 0;
}

/* Years of weeks begin and end with weeks; hours of the half day are 12, 1, ..., 11. */
static int weeks_and_hours_are_counted(void)
{
	static const struct { int year, month, day; const char *weeks; } cases[] = {
		{ 2005, 1, 1, "2004-53 00 00 6" }, { 2005, 1, 3, "2005-01 01 01 1" }, { 2008, 12, 29, "2009-01 52 52 1" }, { 2010, 1, 3, "2009-53 01 00 7" }, { 2012, 1, 1, "2011-52 01 00 7" }, { 2024, 12, 31, "2025-01 52 53 2" },
		{ 2000, 2, 29, "2000-09 09 09 2" }, { 1999, 12, 31, "1999-52 52 52 5" }, { 2015, 12, 31, "2015-53 52 52 4" }, { 2018, 12, 31, "2019-01 52 53 1" },
	};
	char text[40];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tm tm = { .tm_year = cases[i].year - 1900, .tm_mon = cases[i].month - 1, .tm_mday = cases[i].day };

		mktime(&tm);
		MUST(strftime(text, sizeof(text), "%G-%V %U %W %u", &tm) == 15 && strcmp(text, cases[i].weeks) == 0);
	}
	for (int hour = 0; hour < 24; hour++) {
		struct tm tm = { .tm_hour = hour, .tm_mday = 1, .tm_mon = 0 };
		char want[20];

		sprintf(want, "%02d %s", hour % 12 ? hour % 12 : 12, hour < 12 ? "AM" : "PM");
		MUST(strftime(text, sizeof(text), "%I %p", &tm) == 5 && strcmp(text, want) == 0);
	}
	return 0;
}

static int zones_are_told_with_dates(void)
{
	struct tm tm = { .tm_year = 124, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12, .tm_isdst = -1 };
	char text[40];

	MUST(setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1) == 0);
	mktime(&tm);
	MUST(strftime(text, sizeof(text), "%z %Z", &tm) == 9 && strcmp(text, "-0400 EDT") == 0);
	tm = (struct tm){ .tm_year = 124, .tm_mday = 1, .tm_isdst = -1 };
	mktime(&tm);
	MUST(strftime(text, sizeof(text), "%z %Z", &tm) == 9 && strcmp(text, "-0500 EST") == 0);
	tm.tm_isdst = -1;
	MUST(strftime(text, sizeof(text), "%z", &tm) == 0 && setenv("TZ", "<+0330>-3:30", 1) == 0);
	tm.tm_isdst = 0;
	MUST(strftime(text, sizeof(text), "%z %Z", &tm) == 11 && strcmp(text, "+0330 +0330") == 0 && unsetenv("TZ") == 0);
	tzset();
	return 0;
}

/* With the end it fits, or nothing is said. */
static int what_does_not_fit_is_nothing(void)
{
	char text[20];

	MUST(strftime(text, 11, "%F", &watershed) == 10 && strcmp(text, "1973-09-16") == 0);
	for (size_t size = 0; size < 11; size++) {
		memset(text, '#', sizeof(text));
		MUST(strftime(text, size, "%F", &watershed) == 0 && text[size] == '#');
	}
	MUST(strftime(text, 1, "", &watershed) == 0 && text[0] == 0 && strftime(text, 3, "abc", &watershed) == 0 && strftime(text, 2, "%%%%", &watershed) == 0 && strftime(text, 5, "%Y", &watershed) == 4);
	return 0;
}

/* A minimum width, and a sign where a year has more than four digits. */
static int years_have_their_width(void)
{
	static const struct { int year; const char *format, *text; } cases[] = {
		{ 1973, "%Y", "1973" }, { 12345, "%Y", "12345" }, { 1973, "%+4Y", "1973" }, { 12345, "%+4Y", "+12345" }, { 1973, "%06Y", "001973" }, { 1973, "%+6Y", "+01973" }, { 1973, "%10F", "1973-09-16" }, { 1973, "%+12F", "+01973-09-16" },
		{ 12345, "%C", "123" }, { 12345, "%F", "+12345-09-16" }, { 1973, "%04C", "0019" }, { 1973, "%+4C", "+019" },
	};
	char text[40];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tm tm = watershed;

		tm.tm_year = cases[i].year - 1900;
		MUST(strftime(text, sizeof(text), cases[i].format, &tm) == strlen(cases[i].text) && strcmp(text, cases[i].text) == 0);
	}
	return 0;
}

const struct row date_rows[] = {
	ROW(asctime, "success", dates_have_26_characters),
	ROW(asctime, "EOVERFLOW", dates_that_are_none_have_no_text),
	ROW(asctime_r, "success", dates_have_26_characters),
	ROW(asctime_r, "EOVERFLOW", dates_that_are_none_have_no_text),
	ROW(ctime, "success", dates_have_26_characters),
	ROW(ctime, "EOVERFLOW", dates_that_are_none_have_no_text),
	ROW(ctime_r, "success", dates_have_26_characters),
	ROW(ctime_r, "EOVERFLOW", dates_that_are_none_have_no_text),
	ROW(strftime, "success", each_conversion_is_known),
	ROW(strftime, "weeks", weeks_and_hours_are_counted),
	ROW(strftime, "zone", zones_are_told_with_dates),
	ROW(strftime, "size", what_does_not_fit_is_nothing),
	ROW(strftime, "width", years_have_their_width),
	ROWS_END
};
