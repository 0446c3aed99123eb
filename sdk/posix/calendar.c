/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates are computed in years that begin with March, so that the day that is sometimes there is the last; 400 of them are always
 * as long.
 */
#include "calendar.h"

#include <errno.h>

enum { DAY = 86400, DAYS_OF_400_YEARS = 146097, DAYS_TO_1970 = 719468 };	/* from 0000-03-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

bool calendar_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01 to the first of a month of a year that begins with March: month 0. */
static int64_t days_to(int64_t year, int month)
{
	int64_t era = floor_div(year, 400), in_era = year - era * 400;

	return era * DAYS_OF_400_YEARS + in_era * 365 + in_era / 4 - in_era / 100 + (153 * month + 2) / 5 - DAYS_TO_1970;
}

int64_t calendar_year_days(int64_t year)
{
	return days_to(year - 1, 10);
}

int64_t calendar_seconds(const struct tm *date)
{
	int64_t months = date->tm_mon - INT64_C(2), years = floor_div(months, 12);
	int64_t days = days_to(date->tm_year + INT64_C(1900) + years, (int)(months - years * 12)) + date->tm_mday - 1;

	return days * DAY + date->tm_hour * INT64_C(3600) + date->tm_min * INT64_C(60) + date->tm_sec;
}

bool calendar_date(int64_t seconds, struct tm *to)
{
	int64_t days = floor_div(seconds, DAY), shifted = days + DAYS_TO_1970, era = floor_div(shifted, DAYS_OF_400_YEARS);
	int second = (int)(seconds - days * DAY), of_era = (int)(shifted - era * DAYS_OF_400_YEARS);
	int in_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * in_era + in_era / 4 - in_era / 100), month = (5 * of_year + 2) / 153;
	int64_t year = era * 400 + in_era + (month >= 10);

	if (year - 1900 < INT_MIN || year - 1900 > INT_MAX)
		return false;
	*to = (struct tm){
		.tm_year = (int)(year - 1900), .tm_mon = month < 10 ? month + 2 : month - 10, .tm_mday = of_year - (153 * month + 2) / 5 + 1,
		.tm_hour = second / 3600, .tm_min = second / 60 % 60, .tm_sec = second % 60,
		.tm_wday = (int)(((days + 4) % 7 + 7) % 7), .tm_yday = (int)(days - calendar_year_days(year)),
	};
	return true;
}

struct tm *gmtime_r(const time_t *restrict seconds, struct tm *restrict to)
{
	if (calendar_date(*seconds, to))
		return to;
	errno = EOVERFLOW;
	return NULL;
}

time_t timegm(struct tm *date)
{
	int64_t seconds = calendar_seconds(date);

	if (calendar_date(seconds, date))
		return (time_t)seconds;
	errno = EOVERFLOW;
	return -1;
}
