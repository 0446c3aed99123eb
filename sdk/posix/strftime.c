/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as a text that the caller describes, in the one locale that there is, with the flags and widths of POSIX. */
#include <string.h>

#include "calendar.h"

static const char *const days[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };

/* Where the text goes: what does not fit is not written, and nothing is the result. */
struct text {
	char *at;
	size_t left;
	bool full;
};

static void put(struct text *t, const char *from, size_t size)
{
	if (t->full || size >= t->left) {
		t->full = true;
		return;
	}
	memcpy(t->at, from, size);
	t->at += size;
	t->left -= size;
}

/* How a number is written: at least so wide, filled with zeros or blanks; a plus where more than so many digits are needed. */
struct form { int width; char fill; int plus_above; };

static void put_number(struct text *t, int64_t value, struct form f)
{
	uint64_t digits = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char text[24];
	int at = sizeof(text), n;

	do
		text[--at] = (char)('0' + digits % 10);
	while (digits /= 10);
	n = (int)sizeof(text) - at;
	char sign = value < 0 ? '-' : f.plus_above && (n > f.plus_above || f.width > f.plus_above) ? '+' : 0;
	if (sign)
		put(t, &sign, 1);
	for (n += sign != 0; n < f.width && !t->full; n++)
		put(t, &f.fill, 1);
	put(t, text + at, sizeof(text) - (size_t)at);
}

/* The name of a part that is in range, whole or its first three letters. */
static void put_name(struct text *t, const char *const *names, int count, int i, bool whole)
{
	const char *name = i >= 0 && i < count ? names[i] : "?";

	put(t, name, whole ? strlen(name) : strnlen(name, 3));
}

/* The week of ISO 8601, and the year that it belongs to. */
static int iso_week(const struct tm *date, int64_t *year)
{
	int week = (date->tm_yday + 10 - (date->tm_wday + 6) % 7) / 7;

	*year = date->tm_year + INT64_C(1900);
	if (week < 1) {
		int64_t before = --*year;
		int last = date->tm_yday + 365 + calendar_leap(before);

		return (last + 10 - (date->tm_wday + 6) % 7) / 7;
	}
	if (week == 53 && date->tm_yday - (date->tm_wday + 6) % 7 + 3 >= 365 + calendar_leap(*year)) {
		++*year;
		return 1;
	}
	return week;
}

static void put_zone(struct text *t, const struct tm *date, bool name)
{
	struct zone z;
	int summer = date->tm_isdst > 0;

	if (date->tm_isdst < 0)
		return;
	zone_read(&z);
	if (name) {
		put(t, z.name[summer], strlen(z.name[summer]));
		return;
	}
	int minutes = -z.west[summer] / 60;
	put(t, minutes < 0 ? "-" : "+", 1);
	minutes = minutes < 0 ? -minutes : minutes;
	put_number(t, minutes / 60 * 100 + minutes % 60, (struct form){ 4, '0', 0 });
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* What flags and width say of a year, or of its hundreds. */
static struct form year_form(char flag, int width, int usual, int digits)
{
	return (struct form){ width ? width : usual, '0', flag == '+' ? digits : 0 };
}

static void put_seconds(struct text *t, const struct tm *date)
{
	struct tm copy = *date;

	put_number(t, mktime(&copy), (struct form){ 1, '0', 0 });
}

/* What some conversions are short for; %F has written its year. */
static const char *composition(char c)
{
	switch (c) {
	case 'c': return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x': return "%m/%d/%y";
	case 'F': return "-%m-%d";
	case 'r': return "%I:%M:%S %p";
	case 'R': return "%H:%M";
	case 'T':
	case 'X': return "%H:%M:%S";
	default: return NULL;
	}
}

static void put_conversion(struct text *t, char c, char flag, int width, const struct tm *date)
{
	const struct form two = { width ? width : 2, '0', 0 }, blank = { 2, ' ', 0 }, one = { width ? width : 1, '0', 0 };
	int64_t year = date->tm_year + INT64_C(1900), of_week;
	int week;

	switch (c) {
	case 'a': put_name(t, days, 7, date->tm_wday, false); return;
	case 'A': put_name(t, days, 7, date->tm_wday, true); return;
	case 'b':
	case 'h': put_name(t, months, 12, date->tm_mon, false); return;
	case 'B': put_name(t, months, 12, date->tm_mon, true); return;
	case 'C': put_number(t, floor_div(year, 100), year_form(flag, width, 2, 2)); return;
	case 'd': put_number(t, date->tm_mday, two); return;
	case 'e': put_number(t, date->tm_mday, blank); return;
	case 'F':
		put_number(t, year, year_form(flag || width ? flag : '+', width > 6 ? width - 6 : 0, flag || width ? 0 : 4, 4));
		return;
	case 'g':
	case 'G':
	case 'V':
		week = iso_week(date, &of_week);
		if (c == 'G')
			put_number(t, of_week, year_form(flag, width, 1, 4));
		else
			put_number(t, c == 'V' ? week : of_week - floor_div(of_week, 100) * 100, two);
		return;
	case 'H': put_number(t, date->tm_hour, two); return;
	case 'I': put_number(t, (date->tm_hour + 11) % 12 + 1, two); return;
	case 'j': put_number(t, date->tm_yday + 1, (struct form){ width ? width : 3, '0', 0 }); return;
	case 'm': put_number(t, date->tm_mon + 1, two); return;
	case 'M': put_number(t, date->tm_min, two); return;
	case 'n': put(t, "\n", 1); return;
	case 'p': put(t, date->tm_hour < 12 ? "AM" : "PM", 2); return;
	case 's': put_seconds(t, date); return;
	case 'S': put_number(t, date->tm_sec, two); return;
	case 't': put(t, "\t", 1); return;
	case 'u': put_number(t, date->tm_wday ? date->tm_wday : 7, one); return;
	case 'U': put_number(t, (date->tm_yday + 7 - date->tm_wday) / 7, two); return;
	case 'w': put_number(t, date->tm_wday, one); return;
	case 'W': put_number(t, (date->tm_yday + 7 - (date->tm_wday + 6) % 7) / 7, two); return;
	case 'y': put_number(t, year - floor_div(year, 100) * 100, two); return;
	case 'Y': put_number(t, year, year_form(flag, width, 1, 4)); return;
	case 'z':
	case 'Z': put_zone(t, date, c == 'Z'); return;
	default: put(t, &c, 1);
	}
}

/* One conversion behind its %: flag, width, modifier and letter.  Where it ends, or at the end of the text. */
static const char *put_one(struct text *t, const char *format, const struct tm *date)
{
	char flag = 0;
	int width = 0;

	if (*format == '0' || *format == '+')
		flag = *format++;
	for (; *format >= '0' && *format <= '9'; format++)
		width = width < 1000 ? width * 10 + *format - '0' : width;
	if (*format == 'E' || *format == 'O')
		format++;
	if (*format && (*format == 'F' || !composition(*format)))
		put_conversion(t, *format, flag, width, date);
	return format;
}

static void put_date(struct text *t, const char *format, const struct tm *date)
{
	const char *behind = NULL;	/* what follows the conversion that is spelled out now */

	for (; !t->full; format++) {
		if (!*format && behind)
			format = behind, behind = NULL;
		if (!*format)
			return;
		if (*format != '%') {
			put(t, format, 1);
			continue;
		}
		format = put_one(t, format + 1, date);
		if (!*format)
			return;
		if (composition(*format)) {
			behind = format + 1;
			format = composition(*format) - 1;
		}
	}
}

size_t strftime(char *restrict to, size_t size, const char *restrict format, const struct tm *restrict date)
{
	struct text t = { to, size, size == 0 };

	put_date(&t, format, date);
	if (t.full)
		return 0;
	*t.at = 0;
	return (size_t)(t.at - to);
}
