/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What TZ says, as POSIX has it: "std offset [dst [offset] [,start[/time],end[/time]]]".  It is read anew each time that local time is
 * asked for: it is short, and nothing has to be kept, locked or noticed to have changed.
 */
#include <stdlib.h>
#include <string.h>

#include "calendar.h"

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Each of these reads from *at and moves it on; false if that is not there. */
static bool read_name(const char **at, char *to)
{
	bool quoted = **at == '<';
	const char *p = *at + quoted;
	size_t n = 0;

	while (n < TZNAME_MAX && (is_letter(p[n]) || (quoted && (is_digit(p[n]) || p[n] == '+' || p[n] == '-'))))
		n++;
	if (n < 3 || (quoted && p[n] != '>') || is_letter(p[n]))
		return false;
	memcpy(to, p, n);
	to[n] = 0;
	*at = p + n + quoted;
	return true;
}

static bool read_number(const char **at, int least, int most, int *to)
{
	int n = 0;

	if (!is_digit(**at))
		return false;
	for (; is_digit(**at) && n < 1000; ++*at)
		n = n * 10 + **at - '0';
	*to = n;
	return n >= least && n <= most;
}

/* [+-]hh[:mm[:ss]] */
static bool read_time(const char **at, int most_hours, int32_t *to)
{
	bool negative = **at == '-';
	int part[3] = { 0, 0, 0 };

	*at += negative || **at == '+';
	if (!read_number(at, 0, most_hours, &part[0]))
		return false;
	for (int i = 1; i < 3 && **at == ':'; i++) {
		++*at;
		if (!read_number(at, 0, 59, &part[i]))
			return false;
	}
	*to = (negative ? -1 : 1) * (part[0] * 3600 + part[1] * 60 + part[2]);
	return true;
}

static bool read_dotted(const char **at, int least, int most, int16_t *to)
{
	int n;

	if (*(*at)++ != '.' || !read_number(at, least, most, &n))
		return false;
	*to = (int16_t)n;
	return true;
}

/* Jn, n or Mm.w.d, each with /time or at two o'clock. */
static bool read_turn(const char **at, struct zone_turn *to)
{
	int n;

	*to = (struct zone_turn){ .kind = is_digit(**at) ? 'D' : **at, .second = 2 * 3600 };
	*at += to->kind != 'D';
	if (to->kind == 'M') {
		if (!read_number(at, 1, 12, &n) || !read_dotted(at, 1, 5, &to->week) || !read_dotted(at, 0, 6, &to->day))
			return false;
		to->month = (int16_t)n;
	} else {
		if ((to->kind != 'D' && to->kind != 'J') || !read_number(at, to->kind == 'J', 365, &n))
			return false;
		to->day = (int16_t)n;
	}
	if (**at != '/')
		return true;
	++*at;
	return read_time(at, 167, &to->second);
}

static bool read_zone(const char *at, struct zone *z)
{
	if (!read_name(&at, z->name[0]) || !read_time(&at, 24, &z->west[0]))
		return false;
	strcpy(z->name[1], z->name[0]);
	z->west[1] = z->west[0];
	if (!*at)
		return true;
	if (!read_name(&at, z->name[1]))
		return false;
	z->summer = true;
	z->west[1] -= 3600;
	if (*at && *at != ',' && !read_time(&at, 24, &z->west[1]))
		return false;
	if (!*at)
		at = ",M3.2.0,M11.1.0";
	return *at++ == ',' && read_turn(&at, &z->turn[0]) && *at++ == ',' && read_turn(&at, &z->turn[1]) && !*at;
}

void zone_read(struct zone *z)
{
	const char *text = getenv("TZ");

	*z = (struct zone){ .name = { "", "" } };
	if (!text || !read_zone(text, z))
		*z = (struct zone){ .name = { "UTC", "UTC" } };
}

/* The day of the year on which a clock is turned, from 0. */
static int turn_day(const struct zone_turn *turn, int64_t year)
{
	bool leap = calendar_leap(year);
	int64_t first;
	int day;

	if (turn->kind != 'M')
		return turn->kind == 'J' ? turn->day - 1 + (leap && turn->day > 59) : turn->day;
	struct tm date = { .tm_year = (int)(year - 1900), .tm_mon = turn->month - 1, .tm_mday = 1 }, next = date;
	next.tm_mon++;
	first = calendar_seconds(&date) / 86400;
	day = (int)(((turn->day - (first + 4)) % 7 + 7) % 7) + 7 * (turn->week - 1);
	if (day >= calendar_seconds(&next) / 86400 - first)
		day -= 7;
	return (int)(first - calendar_year_days(year)) + day;
}

bool zone_summer(const struct zone *z, int64_t seconds)
{
	struct tm date;
	int64_t at[2], year;

	if (!z->summer || !calendar_date(seconds - z->west[0], &date))
		return false;
	year = date.tm_year + INT64_C(1900);
	for (int i = 0; i < 2; i++)
		at[i] = (calendar_year_days(year) + turn_day(&z->turn[i], year)) * 86400 + z->turn[i].second + z->west[i];
	return at[0] < at[1] ? seconds >= at[0] && seconds < at[1] : seconds >= at[0] || seconds < at[1];
}
