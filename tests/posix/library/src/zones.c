/* SPDX-License-Identifier: Apache-2.0 */
/* Local time: what TZ says. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "library.h"

static bool zone_is(const char *zone)
{
	if (zone ? setenv("TZ", zone, 1) : unsetenv("TZ"))
		return false;
	tzset();
	return true;
}

/* The local time of `t` is "2024-03-10 01:59:59", with or without summer's hour; and it is `t` again. */
static bool local(long long t, const char *text, int summer)
{
	time_t at = (time_t)t;
	struct tm tm, *shared;
	char is[40];

	if (!localtime_r(&at, &tm))
		return false;
	snprintf(is, sizeof(is), "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	shared = localtime(&at);
	return strcmp(is, text) == 0 && (tm.tm_isdst > 0) == summer && shared->tm_hour == tm.tm_hour && shared->tm_isdst == tm.tm_isdst && mktime(&tm) == at;
}

struct turn { long long before; const char *last, *first; int summer; };

/* A zone, its names, and turns of its clock: the second before, as it is called, and what the next second is called. */
static const struct zone {
	const char *text, *names[2];
	struct turn turns[4];
} zones[] = {
	{ "EST5EDT,M3.2.0,M11.1.0", { "EST", "EDT" }, { { 1710053999, "2024-03-10 01:59:59", "2024-03-10 03:00:00", 1 }, { 1730613599, "2024-11-03 01:59:59", "2024-11-03 01:00:00", 0 },
							{ 4108690799, "2100-03-14 01:59:59", "2100-03-14 03:00:00", 1 } } },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", { "CET", "CEST" }, { { 1711846799, "2024-03-31 01:59:59", "2024-03-31 03:00:00", 1 }, { 1729990799, "2024-10-27 02:59:59", "2024-10-27 02:00:00", 0 } } },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3", { "AEST", "AEDT" }, { { 1712419199, "2024-04-07 02:59:59", "2024-04-07 02:00:00", 0 }, { 1728143999, "2024-10-06 01:59:59", "2024-10-06 03:00:00", 1 } } },
	{ "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", { "-03", "-02" }, { { 1711846799, "2024-03-30 21:59:59", "2024-03-30 23:00:00", 1 }, { 1729990799, "2024-10-26 22:59:59", "2024-10-26 22:00:00", 0 } } },
	{ "WST3WDT2,J60,J300/2:30:15", { "WST", "WDT" }, { { 1709269199, "2024-03-01 01:59:59", "2024-03-01 03:00:00", 1 }, { 1730003414, "2024-10-27 02:30:14", "2024-10-27 01:30:15", 0 } } },
	{ "WST3WDT,59,299", { "WST", "WDT" }, { { 1709182799, "2024-02-29 01:59:59", "2024-02-29 03:00:00", 1 }, { 1729915199, "2024-10-26 01:59:59", "2024-10-26 01:00:00", 0 } } },
};

static int clocks_are_turned_where_the_zone_says(void)
{
	for (size_t z = 0; z < COUNT(zones); z++) {
		MUST(zone_is(zones[z].text) && strcmp(tzname[0], zones[z].names[0]) == 0 && strcmp(tzname[1], zones[z].names[1]) == 0);
		for (const struct turn *t = zones[z].turns; t->last; t++) {
			MUST(local(t->before, t->last, !t->summer));
			MUST(local(t->before + 1, t->first, t->summer));
		}
	}
	return zone_is(NULL) ? 0 : __LINE__;
}

/* Zones of one time all the year. */
static int other_zones_have_one_time(void)
{
	static const struct { const char *zone, *name, *noon; } all[] = {
		{ "UTC0", "UTC", "2024-07-01 12:00:00" }, { "JST-9", "JST", "2024-07-01 21:00:00" }, { "<+0330>-3:30", "+0330", "2024-07-01 15:30:00" }, { "<-1130>+11:30:15", "-1130", "2024-07-01 00:29:45" },
		{ "HHH24", "HHH", "2024-06-30 12:00:00" }, { "NAMEIS-0:00:01", "NAMEIS", "2024-07-01 12:00:01" },
	};

	for (size_t i = 0; i < COUNT(all); i++) {
		MUST(zone_is(all[i].zone) && strcmp(tzname[0], all[i].name) == 0 && local(1719835200, all[i].noon, 0));
	}
	return zone_is(NULL) ? 0 : __LINE__;
}

/* What says nothing, or nothing that is a zone, is Universal Time. */
static int what_is_no_zone_is_universal_time(void)
{
	static const char *const none[] = { NULL, "", "x", "5", "EST", "ES5", "EST5x5", "<EST5", "EST99", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2", "A234567890123456789012345678901234567890-1", "\xff\xff\xff-1", ",,," };

	for (size_t i = 0; i < COUNT(none); i++) {
		MUST(zone_is(none[i]) && tzname[0] && tzname[1]);
		MUST(local(1719835200, "2024-07-01 12:00:00", 0));
	}
	return zone_is(NULL) ? 0 : __LINE__;
}

/* A local time, what the caller says of summer, and what it is. */
static int local_dates_are_seconds(void)
{
	static const struct { int month, day, hour, minute, summer, is_hour, is_summer; long long seconds; } cases[] = {
		{ 6, 1, 12, 0, -1, 12, 1, 1719849600 }, { 6, 1, 12, 0, 1, 12, 1, 1719849600 }, { 6, 1, 12, 0, 0, 13, 1, 1719853200 },
		{ 0, 1, 12, 0, -1, 12, 0, 1704128400 }, { 0, 1, 12, 0, 0, 12, 0, 1704128400 }, { 0, 1, 12, 0, 1, 11, 0, 1704124800 },
		{ 10, 3, 1, 30, 1, 1, 1, 1730611800 }, { 10, 3, 1, 30, 0, 1, 0, 1730615400 },		/* there are two of it */
		{ 2, 10, 2, 30, 0, 3, 1, 1710055800 }, { 2, 10, 2, 30, 1, 1, 0, 1710052200 },		/* and none */
	};

	MUST(zone_is("EST5EDT,M3.2.0,M11.1.0"));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tm tm = { .tm_year = 124, .tm_mon = cases[i].month, .tm_mday = cases[i].day, .tm_hour = cases[i].hour, .tm_min = cases[i].minute, .tm_isdst = cases[i].summer };

		KEEPS_ERRNO(mktime(&tm) == (time_t)cases[i].seconds);
		MUST(tm.tm_hour == cases[i].is_hour && tm.tm_min == cases[i].minute && (tm.tm_isdst > 0) == cases[i].is_summer);
	}
	struct tm tm = { .tm_year = 124, .tm_mon = 2, .tm_mday = 10, .tm_hour = 2, .tm_min = 30, .tm_isdst = -1 };
	time_t t = mktime(&tm);
	MUST(t == 1710055800 || t == 1710052200);
	return zone_is(NULL) ? 0 : __LINE__;
}

/* Whoever asks for local time is told by TZ as it is then. */
static int a_new_zone_is_noticed(void)
{
	struct tm tm = { .tm_year = 124, .tm_mon = 0, .tm_mday = 1, .tm_hour = 12 };
	time_t noon = 1704110400;

	MUST(setenv("TZ", "JST-9", 1) == 0 && localtime(&noon)->tm_hour == 21 && strcmp(tzname[0], "JST") == 0);
	MUST(setenv("TZ", "BRT3", 1) == 0 && mktime(&tm) == noon + 3 * 3600 && strcmp(ctime(&noon), "Mon Jan  1 09:00:00 2024\n") == 0);
	MUST(setenv("TZ", "JST-9", 1) == 0 && (tzset(), strcmp(tzname[0], "JST") == 0) && localtime_r(&noon, &tm) && tm.tm_hour == 21 && gmtime(&noon)->tm_hour == 12);
	return zone_is(NULL) ? 0 : __LINE__;
}

const struct row zone_rows[] = {
	ROW(tzset, "success", clocks_are_turned_where_the_zone_says),
	ROW(tzset, "fixed", other_zones_have_one_time),
	ROW(tzset, "unknown", what_is_no_zone_is_universal_time),
	ROW(tzname, "success", clocks_are_turned_where_the_zone_says),
	ROW(localtime, "zone", a_new_zone_is_noticed),
	ROW(localtime_r, "zone", clocks_are_turned_where_the_zone_says),
	ROW(mktime, "zone", local_dates_are_seconds),
	ROWS_END
};
