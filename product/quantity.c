/* SPDX-License-Identifier: Apache-2.0 */
#include "quantity.h"

#include <ctype.h>
#include <string.h>

/* Digits at *text, up to 2^32 - 1.  -MS_EINVAL without one or with a leading zero, which other tools read as octal. */
static int read_digits(const char **text, unsigned base, uint64_t *out)
{
	const char *at = *text;
	uint64_t value = 0;

	if (!isxdigit((unsigned char)*at) || (base == 10 && at[0] == '0' && isdigit((unsigned char)at[1])))
		return -MS_EINVAL;
	for (; base == 16 ? isxdigit((unsigned char)*at) : isdigit((unsigned char)*at); at++) {
		unsigned digit = isdigit((unsigned char)*at) ? (unsigned)(*at - '0') : (unsigned)(tolower((unsigned char)*at) - 'a' + 10);

		value = value * base + digit;
		if (value > UINT32_MAX)
			return -MS_ERANGE;
	}
	if (at == *text)
		return -MS_EINVAL;

	*text = at;
	*out = value;
	return MS_OK;
}

static int fail(int rc, const char *text, const char *what, const char *fix, struct err *e)
{
	if (rc == -MS_ERANGE)
		return err_set(e, ERR_NUMBER_SIZE, "'%.40s' is too large", text);
	err_set(e, ERR_QUANTITY, "'%.40s' is no %s", text, what);
	return err_fix(e, "%s", fix);
}

int quantity_number(const char *text, uint32_t *out, struct err *e)
{
	bool hex = strncmp(text, "0x", 2) == 0;
	const char *at = hex ? text + 2 : text;
	uint64_t value = 0;

	int rc = read_digits(&at, hex ? 16 : 10, &value);
	if (rc == MS_OK && *at)
		rc = -MS_EINVAL;
	if (rc < 0)
		return fail(rc, text, "whole number", "write digits only, or 0x and hexadecimal digits", e);

	*out = (uint32_t)value;
	return MS_OK;
}

struct unit { const char *name; uint32_t factor; };

/* Digits, perhaps a blank, and a unit's name. */
static int read_with_unit(const char *text, const struct unit *units, uint32_t *out)
{
	const char *at = text;
	uint64_t value = 0;

	int rc = read_digits(&at, 10, &value);
	if (rc < 0)
		return rc;
	if (*at == ' ')
		at++;
	for (; units->name; units++) {
		if (strcmp(at, units->name) != 0)
			continue;
		if (value * units->factor > UINT32_MAX)
			return -MS_ERANGE;
		*out = (uint32_t)(value * units->factor);
		return MS_OK;
	}

	return -MS_EINVAL;
}

int quantity_size(const char *text, uint32_t *bytes, struct err *e)
{
	static const struct unit units[] = { { "", 1 }, { "B", 1 }, { "KiB", 1 << 10 }, { "MiB", 1 << 20 }, { NULL, 0 } };

	int rc = read_with_unit(text, units, bytes);
	return rc < 0 ? fail(rc, text, "size", "write bytes, or a unit of B, KiB or MiB behind the number, such as 1 KiB", e) : MS_OK;
}

int quantity_time(const char *text, uint32_t *msec, struct err *e)
{
	static const struct unit units[] = { { "ms", 1 }, { "s", 1000 }, { NULL, 0 } };

	int rc = read_with_unit(text, units, msec);
	return rc < 0 ? fail(rc, text, "time", "write a unit of ms or s behind the number, such as 10 ms", e) : MS_OK;
}

char *quantity_size_text(uint32_t bytes, struct arena *a)
{
	if (bytes && bytes % (1 << 20) == 0)
		return arena_printf(a, "%u MiB", bytes >> 20);
	if (bytes && bytes % (1 << 10) == 0)
		return arena_printf(a, "%u KiB", bytes >> 10);

	return arena_printf(a, "%u B", bytes);
}

char *quantity_time_text(uint32_t msec, struct arena *a)
{
	if (msec && msec % 1000 == 0)
		return arena_printf(a, "%u s", msec / 1000);

	return arena_printf(a, "%u ms", msec);
}
