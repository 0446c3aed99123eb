/* SPDX-License-Identifier: Apache-2.0 */
#include "version_range.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { PART_COUNT = 3, PART_MAX = 65535 };

struct numbers { uint32_t part[PART_COUNT]; };

static const char *const operators[] = { ">=", "<=", ">", "<", "=" };
enum { AT_LEAST, AT_MOST, ABOVE, BELOW, EQUAL, OPERATOR_COUNT };

/* "0", "0.1" or "0.1.0" at *at; false when it is none of them. */
static bool read_numbers(const char **at, struct numbers *out)
{
	*out = (struct numbers){ { 0 } };

	for (int i = 0; i < PART_COUNT; i++) {
		if (!isdigit((unsigned char)**at))
			return false;
		while (isdigit((unsigned char)**at)) {
			out->part[i] = out->part[i] * 10 + (uint32_t)(*(*at)++ - '0');
			if (out->part[i] > PART_MAX)
				return false;
		}
		if (**at != '.')
			return true;
		if (i + 1 < PART_COUNT)
			(*at)++;
	}

	return true;
}

static int compare(const struct numbers *a, const struct numbers *b)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;

	return 0;
}

static int read_operator(const char **at)
{
	int i = 0;

	while (i < OPERATOR_COUNT && strncmp(*at, operators[i], strlen(operators[i])) != 0)
		i++;
	if (i < OPERATOR_COUNT)
		*at += strlen(operators[i]);

	return i;
}

/* One comparison at *at, and the blanks behind it. */
static bool read_comparison(const char **at, int *operator, struct numbers *out)
{
	*operator = read_operator(at);
	if (*operator == OPERATOR_COUNT)
		return false;
	*at += strspn(*at, " ");
	if (!read_numbers(at, out) || (**at && **at != ' '))
		return false;
	*at += strspn(*at, " ");
	return true;
}

int version_range_check(const char *text, struct err *e)
{
	struct numbers n;
	int operator;
	const char *at = text;

	do {
		if (read_comparison(&at, &operator, &n))
			continue;
		err_set(e, ERR_VERSION_RANGE, "'%.40s' is no range of versions", text);
		return err_fix(e, "write comparisons with blanks between them, such as '>=0.1 <0.2'");
	} while (*at);

	return MS_OK;
}

bool version_range_holds(const char *range, const char *version)
{
	struct numbers have, limit;
	int operator;

	if (!read_numbers(&version, &have))
		return false;
	while (*range && read_comparison(&range, &operator, &limit)) {
		int order = compare(&have, &limit);
		bool holds = operator == AT_LEAST ? order >= 0 : operator == AT_MOST ? order <= 0 :
			     operator == ABOVE ? order > 0 : operator == BELOW ? order < 0 : order == 0;

		if (!holds)
			return false;
	}

	return true;
}
