/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as a text of 26 characters: "Sun Sep 16 01:03:52 1973\n".  What has no such text is EOVERFLOW, which the standard leaves open. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

enum { TEXT_SIZE = 26 };

static bool within(int value, int least, int most)
{
	return value >= least && value <= most;
}

/* At least `width` characters, filled in front. */
static char *number(char *to, int value, int width, char fill)
{
	unsigned digits = value < 0 ? 0u - (unsigned)value : (unsigned)value;
	char text[12];
	int n = 0;

	do
		text[n++] = (char)('0' + digits % 10);
	while (digits /= 10);
	if (value < 0)
		text[n++] = '-';
	while (n < width)
		text[n++] = fill;
	while (n)
		*to++ = text[--n];
	return to;
}

char *asctime_r(const struct tm *restrict date, char to[restrict static TEXT_SIZE])
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char *at = to;

	if (!within(date->tm_wday, 0, 6) || !within(date->tm_mon, 0, 11) || !within(date->tm_mday, 0, 99) || !within(date->tm_hour, 0, 99) || !within(date->tm_min, 0, 99) ||
	    !within(date->tm_sec, 0, 99) || !within(date->tm_year, -999 - 1900, 9999 - 1900)) {
		errno = EOVERFLOW;
		return NULL;
	}
	memcpy(at, days + 3 * date->tm_wday, 3);
	at[3] = ' ';
	memcpy(at + 4, months + 3 * date->tm_mon, 3);
	at = number(at + 7, date->tm_mday, 3, ' ');
	*at++ = ' ';
	at = number(at, date->tm_hour, 2, '0');
	*at++ = ':';
	at = number(at, date->tm_min, 2, '0');
	*at++ = ':';
	at = number(at, date->tm_sec, 2, '0');
	*at++ = ' ';
	at = number(at, date->tm_year + 1900, 1, ' ');
	*at++ = '\n';
	*at = 0;
	return to;
}

char *asctime(const struct tm *date)
{
	static char text[TEXT_SIZE];

	return asctime_r(date, text);
}

char *ctime_r(const time_t *seconds, char to[restrict static TEXT_SIZE])
{
	struct tm date;

	return localtime_r(seconds, &date) ? asctime_r(&date, to) : NULL;
}

char *ctime(const time_t *seconds)
{
	const struct tm *date = localtime(seconds);

	return date ? asctime(date) : NULL;
}
