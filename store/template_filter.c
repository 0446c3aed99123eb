/* SPDX-License-Identifier: Apache-2.0 */
#include "template_filter.h"

#include <ctype.h>
#include <string.h>

enum { DAY_SIZE = 10, MINUTE_SIZE = 5, SHORT_SIZE = 12 };

static const char *show_bytes(const json_t *v, struct arena *a)
{
	static const char *const units[] = { "KiB", "MiB", "GiB" };
	json_int_t n = json_integer_value(v);
	double shown = (double)n;
	int unit = -1;

	if (!json_is_integer(v))
		return NULL;
	while (shown >= 1024 && unit < 2) {
		shown /= 1024;
		unit++;
	}
	return unit < 0 ? arena_printf(a, "%lld B", (long long)n) : arena_printf(a, "%.1f %s", shown, units[unit]);
}

static const char *show_count(const json_t *v, struct arena *a)
{
	char *plain = arena_printf(a, "%lld", (long long)json_integer_value(v));
	size_t digits = strspn(plain, "0123456789");
	struct text t = { 0 };

	if (!json_is_integer(v) || digits != strlen(plain))
		return NULL;
	for (size_t i = 0; i < digits; i++)
		text_add(&t, a, "%s%c", i && (digits - i) % 3 == 0 ? "," : "", plain[i]);
	return t.at;
}

static const char *first(const json_t *v, int size, struct arena *a)
{
	return json_is_string(v) ? arena_printf(a, "%.*s", size, json_string_value(v)) : NULL;
}

static const char *show_day(const json_t *v, struct arena *a)
{
	return first(v, DAY_SIZE, a);
}

static const char *show_minute(const json_t *v, struct arena *a)
{
	const char *day = show_day(v, a), *time = day ? strchr(json_string_value(v), 'T') : NULL;

	return time ? arena_printf(a, "%s %.*s", day, MINUTE_SIZE, time + 1) : day;
}

static const char *show_short(const json_t *v, struct arena *a)
{
	return first(v, SHORT_SIZE, a);
}

static const char *show_hex(const json_t *v, struct arena *a)
{
	return json_is_integer(v) ? arena_printf(a, "0x%08llx", (long long)json_integer_value(v)) : NULL;
}

static const char *show_query(const json_t *v, struct arena *a)
{
	struct text t = { 0 };

	if (!json_is_string(v))
		return NULL;
	text_add(&t, a, "%s", "");
	for (const unsigned char *c = (const unsigned char *)json_string_value(v); *c; c++)
		text_add(&t, a, isalnum(*c) || strchr("-._~", *c) ? "%c" : "%%%02X", *c);
	return t.at;
}

const char *template_filter(const char *name, const json_t *value, struct arena *a)
{
#define FILTER(known, show) if (!strcmp(name, #known)) return show(value, a);
#include "template_filters.def"
#undef FILTER
	return NULL;
}
