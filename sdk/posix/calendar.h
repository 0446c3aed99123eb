/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calendar and local time, in place of the C library's, whose dates end without saying so and whose zones take a formatted read.
 * Nothing here is shared between threads but what the standard shares: tzname, and what gmtime, localtime, asctime and ctime return.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#ifndef TZNAME_MAX
#define TZNAME_MAX 10
#endif

/* When a clock is turned: the day, and the second of that day by the clock that is turned. */
struct zone_turn {
	char kind;		/* 'J': 1 to 365, never 29 February; 'D': 0 to 365; 'M': month, week, weekday */
	int16_t month, week, day;
	int32_t second;
};

/* What a text such as "CET-1CEST,M3.5.0,M10.5.0/3" says. */
struct zone {
	char name[2][TZNAME_MAX + 1];	/* winter's and summer's */
	int32_t west[2];		/* seconds from local to Universal Time */
	bool summer;			/* is there one? */
	struct zone_turn turn[2];	/* to summer, and back */
};

/* The seconds of a date whose parts may be out of range, as if in Universal Time.  Any date has them: they fit. */
int64_t calendar_seconds(const struct tm *date);

/* The date of seconds; false, and nothing written, if its year does not fit an int.  tm_isdst is 0. */
bool calendar_date(int64_t seconds, struct tm *to);

/* Days of 1970-01-01 to the first of a year, and whether it has a 29 February. */
int64_t calendar_year_days(int64_t year);
bool calendar_leap(int64_t year);

/* The zone of TZ now; Universal Time if that says nothing that is a zone. */
void zone_read(struct zone *z);

/* Is it summer at these seconds of Universal Time? */
bool zone_summer(const struct zone *z, int64_t seconds);

#endif
