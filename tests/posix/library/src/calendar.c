/* SPDX-License-Identifier: Apache-2.0 */
/* Seconds since 1970 and the calendar, in Universal Time: TZ is not set here. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "library.h"

/* Seconds and their date, computed by others (date -u): the turn of months and centuries, before 1970, beyond 32 bits. */
static const struct { long long seconds; struct tm tm; } known[] = {
	{ 0, { .tm_year = 70, .tm_mday = 1, .tm_wday = 4 } },
	{ -1, { .tm_year = 69, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 3, .tm_yday = 364 } },
	{ 951782400, { .tm_year = 100, .tm_mon = 1, .tm_mday = 29, .tm_wday = 2, .tm_yday = 59 } },
	{ 951868799, { .tm_year = 100, .tm_mon = 1, .tm_mday = 29, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 2, .tm_yday = 59 } },
	{ 951868800, { .tm_year = 100, .tm_mon = 2, .tm_mday = 1, .tm_wday = 3, .tm_yday = 60 } },
	{ 978307199, { .tm_year = 100, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 0, .tm_yday = 365 } },
	{ 1111111111, { .tm_year = 105, .tm_mon = 2, .tm_mday = 18, .tm_hour = 1, .tm_min = 58, .tm_sec = 31, .tm_wday = 5, .tm_yday = 76 } },
	{ 2147483647, { .tm_year = 138, .tm_mon = 0, .tm_mday = 19, .tm_hour = 3, .tm_min = 14, .tm_sec = 7, .tm_wday = 2, .tm_yday = 18 } },
	{ 2147483648, { .tm_year = 138, .tm_mon = 0, .tm_mday = 19, .tm_hour = 3, .tm_min = 14, .tm_sec = 8, .tm_wday = 2, .tm_yday = 18 } },
	{ 4107542399, { .tm_year = 200, .tm_mon = 1, .tm_mday = 28, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 0, .tm_yday = 58 } },
	{ 4107542400, { .tm_year = 200, .tm_mon = 2, .tm_mday = 1, .tm_wday = 1, .tm_yday = 59 } },
	{ -2203891200, { .tm_year = 0, .tm_mon = 2, .tm_mday = 1, .tm_wday = 4, .tm_yday = 59 } },
	{ -2147483648, { .tm_year = 1, .tm_mon = 11, .tm_mday = 13, .tm_hour = 20, .tm_min = 45, .tm_sec = 52, .tm_wday = 5, .tm_yday = 346 } },
	{ -11644473600, { .tm_year = -299, .tm_mday = 1, .tm_wday = 1 } },
	{ 253402300799, { .tm_year = 8099, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 5, .tm_yday = 364 } },
};

static bool same(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_mon == b->tm_mon && a->tm_mday == b->tm_mday && a->tm_hour == b->tm_hour && a->tm_min == b->tm_min && a->tm_sec == b->tm_sec &&
	       a->tm_wday == b->tm_wday && a->tm_yday == b->tm_yday && a->tm_isdst == b->tm_isdst;
}

static int seconds_are_a_date(void)
{
	struct tm mine, *shared;

	for (size_t i = 0; i < COUNT(known); i++) {
		time_t t = (time_t)known[i].seconds;

		KEEPS_ERRNO(gmtime_r(&t, &mine) == &mine && same(&mine, &known[i].tm));
		KEEPS_ERRNO((shared = gmtime(&t)) && same(shared, &known[i].tm));
		KEEPS_ERRNO(localtime_r(&t, &mine) == &mine && same(&mine, &known[i].tm));
		KEEPS_ERRNO((shared = localtime(&t)) && same(shared, &known[i].tm));
	}
	return 0;
}

static int a_date_is_seconds(void)
{
	for (size_t i = 0; i < COUNT(known); i++) {
		struct tm tm = known[i].tm;

		tm.tm_wday = tm.tm_yday = -77;		/* which are not looked at, and are put right */
		tm.tm_isdst = i % 2 ? -1 : 0;
		KEEPS_ERRNO(mktime(&tm) == (time_t)known[i].seconds && same(&tm, &known[i].tm));
	}
	return 0;
}

/* Days of 801 years, from new year to new year. */
static int every_day_has_its_date(void)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct tm now;
	int weekday = 6;
	time_t t = (time_t)-11676096000LL + 43200;

	for (int year = 1600; year <= 2400; year++) {
		bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

		for (int day = 0; day < 365 + leap; day += 29) {
			int left = day, month = 0;

			for (; left >= days[month] + (leap && month == 1); month++)
				left -= days[month] + (leap && month == 1);
			time_t at = t + (time_t)day * 86400;
			MUST(gmtime_r(&at, &now) && now.tm_year == year - 1900 && now.tm_yday == day && now.tm_mon == month && now.tm_mday == left + 1);
			MUST(now.tm_hour == 12 && mktime(&now) == at);
		}
		MUST(gmtime_r(&t, &now) && now.tm_wday == weekday && now.tm_yday == 0);
		weekday = (weekday + 365 + leap) % 7;
		t += (time_t)(365 + leap) * 86400;
	}
	return 0;
}

/* A date whose parts are out of range is another date. */
static const struct { struct tm from, to; } normal[] = {
	{ { .tm_year = 124, .tm_mon = 0, .tm_mday = 31 + 29 }, { .tm_year = 124, .tm_mon = 1, .tm_mday = 29, .tm_wday = 4, .tm_yday = 59 } },
	{ { .tm_year = 124, .tm_mon = 2, .tm_mday = 0 }, { .tm_year = 124, .tm_mon = 1, .tm_mday = 29, .tm_wday = 4, .tm_yday = 59 } },
	{ { .tm_year = 123, .tm_mon = 14, .tm_mday = -1 }, { .tm_year = 124, .tm_mon = 1, .tm_mday = 28, .tm_wday = 3, .tm_yday = 58 } },
	{ { .tm_year = 125, .tm_mon = -1, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 60 }, { .tm_year = 125, .tm_mday = 1, .tm_wday = 3 } },
	{ { .tm_year = 125, .tm_mon = -25, .tm_mday = 1 }, { .tm_year = 122, .tm_mon = 11, .tm_mday = 1, .tm_wday = 4, .tm_yday = 334 } },
	{ { .tm_year = 125, .tm_mday = 1, .tm_hour = -1 }, { .tm_year = 124, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_wday = 2, .tm_yday = 365 } },
	{ { .tm_year = 125, .tm_mday = 1, .tm_sec = -1 }, { .tm_year = 124, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_wday = 2, .tm_yday = 365 } },
	{ { .tm_year = 70, .tm_mday = 1, .tm_sec = INT_MAX }, { .tm_year = 138, .tm_mon = 0, .tm_mday = 19, .tm_hour = 3, .tm_min = 14, .tm_sec = 7, .tm_wday = 2, .tm_yday = 18 } },
	{ { .tm_year = 70, .tm_mday = 1, .tm_sec = INT_MIN }, { .tm_year = 1, .tm_mon = 11, .tm_mday = 13, .tm_hour = 20, .tm_min = 45, .tm_sec = 52, .tm_wday = 5, .tm_yday = 346 } },
	{ { .tm_year = 70, .tm_mday = 1, .tm_min = INT_MAX }, { .tm_year = 6053 - 1900, .tm_mon = 0, .tm_mday = 23, .tm_hour = 2, .tm_min = 7, .tm_wday = 4, .tm_yday = 22 } },
	{ { .tm_year = 70, .tm_mon = 0, .tm_mday = 1000000 }, { .tm_year = 4707 - 1900, .tm_mon = 10, .tm_mday = 28, .tm_wday = 4, .tm_yday = 331 } },
};

static int what_is_out_of_range_is_another_date(void)
{
	for (size_t i = 0; i < COUNT(normal); i++) {
		struct tm tm = normal[i].from, again;
		time_t t = mktime(&tm);

		MUST(same(&tm, &normal[i].to) && gmtime_r(&t, &again) && same(&again, &tm));
	}
	return 0;
}

/* The last year that an int can count, and the second behind it. */
static int a_year_that_is_no_int_is_refused(void)
{
	struct tm last = { .tm_year = INT_MAX, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59 }, beyond = last, before = { .tm_year = INT_MIN, .tm_mday = 1, .tm_sec = -1 }, tm;
	time_t t = mktime(&last), first;

	MUST(t == (time_t)67768036191676799LL && last.tm_wday == 3 && gmtime_r(&t, &tm) && same(&tm, &last) && localtime(&t));
	beyond.tm_sec = 60;
	FAILS(mktime(&beyond) == (time_t)-1, EOVERFLOW);
	FAILS(mktime(&before) == (time_t)-1, EOVERFLOW);
	before = (struct tm){ .tm_year = INT_MAX, .tm_mon = 12, .tm_mday = 1 };
	FAILS(mktime(&before) == (time_t)-1, EOVERFLOW);
	before = (struct tm){ .tm_year = INT_MIN, .tm_mon = -1, .tm_mday = 1 };
	FAILS(mktime(&before) == (time_t)-1, EOVERFLOW);
	before = (struct tm){ .tm_year = INT_MIN, .tm_mday = 1 };
	first = mktime(&before);
	MUST(first == (time_t)-67768040609740800LL && gmtime_r(&first, &tm) && same(&tm, &before));
	const time_t none[] = { t + 1, first - 1, INT64_MAX, INT64_MIN };
	for (size_t i = 0; i < COUNT(none); i++) {
		FAILS(!gmtime(&none[i]), EOVERFLOW);
		FAILS(!gmtime_r(&none[i], &tm), EOVERFLOW);
		FAILS(!localtime(&none[i]), EOVERFLOW);
		FAILS(!localtime_r(&none[i], &tm), EOVERFLOW);
	}
	return 0;
}

static int differences_are_seconds(void)
{
	MUST(difftime(10, 4) == 6.0 && difftime(4, 10) == -6.0 && difftime(0, 0) == 0 && difftime(2147483648LL, -2147483648LL) == 4294967296.0 && difftime(1LL << 52, 1) == 4503599627370495.0);
	return 0;
}

/* It is what the clock says, whole seconds of it, also where it is to be written to. */
static int the_time_is_the_clocks(void)
{
	struct timespec before, after;
	time_t written = -5, t;

	MUST(clock_gettime(CLOCK_REALTIME, &before) == 0 && (t = time(&written)) == written && clock_gettime(CLOCK_REALTIME, &after) == 0);
	MUST(before.tv_sec <= t && t <= after.tv_sec);
	KEEPS_ERRNO((t = time(NULL)) >= written);
	return 0;
}

const struct row calendar_rows[] = {
	ROW(gmtime, "success", seconds_are_a_date),
	ROW(gmtime, "EOVERFLOW", a_year_that_is_no_int_is_refused),
	ROW(gmtime_r, "success", seconds_are_a_date),
	ROW(gmtime_r, "days", every_day_has_its_date),
	ROW(gmtime_r, "EOVERFLOW", a_year_that_is_no_int_is_refused),
	ROW(localtime, "success", seconds_are_a_date),
	ROW(localtime, "EOVERFLOW", a_year_that_is_no_int_is_refused),
	ROW(localtime_r, "success", seconds_are_a_date),
	ROW(localtime_r, "EOVERFLOW", a_year_that_is_no_int_is_refused),
	ROW(mktime, "success", a_date_is_seconds),
	ROW(mktime, "range", what_is_out_of_range_is_another_date),
	ROW(mktime, "EOVERFLOW", a_year_that_is_no_int_is_refused),
	ROW(difftime, "success", differences_are_seconds),
	ROW(time, "success", the_time_is_the_clocks),
	ROWS_END
};
