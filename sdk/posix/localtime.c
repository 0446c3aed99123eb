/* SPDX-License-Identifier: Apache-2.0 */
/* Local time, and what a program is told of its zone. */
#include <errno.h>
#include <string.h>

#include "calendar.h"

static char names[2][TZNAME_MAX + 1] = { "UTC", "UTC" };
char *tzname[2] = { names[0], names[1] };
long _timezone;
int _daylight;

static void tell(const struct zone *z)
{
	memcpy(names, z->name, sizeof(names));
	_timezone = z->west[0];
	_daylight = z->summer;
}

void tzset(void)
{
	struct zone z;

	zone_read(&z);
	tell(&z);
}

/* What the C library's own functions for wide characters ask. */
void _tzset_unlocked(void);
void _tzset_unlocked(void)
{
	tzset();
}

static struct tm *local(const struct zone *z, int64_t seconds, struct tm *to)
{
	bool summer = zone_summer(z, seconds);
	int64_t here;

	if (__builtin_sub_overflow(seconds, (int64_t)z->west[summer], &here) || !calendar_date(here, to)) {
		errno = EOVERFLOW;
		return NULL;
	}
	to->tm_isdst = summer;
	return to;
}

struct tm *localtime_r(const time_t *restrict seconds, struct tm *restrict to)
{
	struct zone z;

	zone_read(&z);
	return local(&z, *seconds, to);
}

struct tm *localtime(const time_t *seconds)
{
	static struct tm date;

	tzset();
	return localtime_r(seconds, &date);
}

/*
 * Where the clock is turned back there are two such times: the caller says which, or has the first; where it is turned on there is none:
 * it is as far behind the turn as its time by the clock before.
 */
time_t mktime(struct tm *date)
{
	struct zone z;
	int64_t seconds = calendar_seconds(date);
	bool summer;

	zone_read(&z);
	tell(&z);
	summer = z.summer && (date->tm_isdst < 0 ? zone_summer(&z, seconds + z.west[1]) : date->tm_isdst > 0);
	seconds += z.west[summer];
	return local(&z, seconds, date) ? (time_t)seconds : -1;
}
