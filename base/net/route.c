/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <string.h>

#include "arena.h"

static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:+~";

/* How many bytes of the path are one part; 0: none that is allowed. */
static size_t part_size(const char *from)
{
	size_t size = strspn(from, allowed);

	return *from == '.' || (from[size] && from[size] != '/') ? 0 : size;
}

static size_t rest_size(const char *from)
{
	size_t size = 0;

	for (;;) {
		size_t one = part_size(from + size);

		size += one;
		if (!one || !from[size])
			return one ? size : 0;
		size++;
	}
}

static bool is_path(const char *pattern, const char *path, struct route_parts *parts)
{
	size_t count = 0;

	memset(parts, 0, sizeof(*parts));
	while (*pattern) {
		const char *end = *pattern == '{' ? strchr(pattern, '}') : NULL;

		if (!end) {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		size_t size = end[-1] == '*' ? rest_size(path) : part_size(path);
		if (!size || size > ROUTE_PART_MAX || count == ROUTE_PARTS_MAX)
			return false;
		memcpy(parts->at[count++], path, size);
		pattern = end + 1;
		path += size;
	}
	return !*path;
}

enum route_found route_find(const struct routes *routes, const char *method, const char *path, size_t *at, struct route_parts *parts)
{
	const char *wanted = strcmp(method, "HEAD") ? method : "GET";
	bool known = false;

	for (*at = 0; *at < routes->count; ++*at) {
		if (!is_path(routes->at[*at].path, path, parts))
			continue;
		if (!strcmp(routes->at[*at].method, wanted))
			return ROUTE_FOUND;
		known = true;
	}
	memset(parts, 0, sizeof(*parts));
	return known ? ROUTE_NO_METHOD : ROUTE_NO_PATH;
}

const char *route_methods(const struct routes *routes, const char *path, struct arena *a)
{
	struct route_parts ignored;
	const char *all = "";

	for (size_t i = 0; i < routes->count; i++)
		if (is_path(routes->at[i].path, path, &ignored))
			all = arena_printf(a, "%s%s%s%s", all, *all ? ", " : "", routes->at[i].method, strcmp(routes->at[i].method, "GET") ? "" : ", HEAD");
	return all;
}

bool route_number(const char *text, uint64_t *out)
{
	size_t digits = text ? strspn(text, "0123456789") : 0;
	uint64_t n = 0;

	if (!digits || digits > 18 || text[digits])
		return false;
	for (; *text; text++)
		n = 10 * n + (uint64_t)(*text - '0');
	*out = n;
	return true;
}

bool route_is_digest(const char *text)
{
	return text && strspn(text, "0123456789abcdef") == 64 && !text[64];
}
