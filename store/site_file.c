/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of a store's pages as names of a mirror's files.  No two pages have one name: services, publishers and categories have folders of their own. */
#include <inttypes.h>
#include <string.h>

#include "route.h"
#include "site.h"
#include "twin.h"

const char *const site_folders[] = { "services", "publishers", "list", NULL };

/* "cursor=7" behind the '?' or '&': the number; false where there is none. */
static bool take(const char *query, const char *name, uint64_t *out)
{
	size_t size = strlen(name);

	for (const char *at = query; at; at = strchr(at, '&') ? strchr(at, '&') + 1 : NULL)
		if (!strncmp(at, name, size) && at[size] == '=')
			return route_number(at + size + 1, out);
	return false;
}

/* The marketplace, all of it or a category. */
static const char *market_file(const char *query, struct arena *a)
{
	static const char category[] = "category=";
	uint64_t cursor = 0;
	bool more = take(query, "cursor", &cursor);

	if (!strncmp(query, category, sizeof(category) - 1)) {
		const char *name = query + sizeof(category) - 1;
		int size = (int)strcspn(name, "&");

		return more ? arena_printf(a, "list/category/%.*s/%" PRIu64 ".html", size, name, cursor) : arena_printf(a, "list/category/%.*s.html", size, name);
	}
	return more ? arena_printf(a, "list/all/%" PRIu64 ".html", cursor) : NULL;
}

/* A page that begins somewhere. */
static const char *listed_file(const char *base, const char *query, struct arena *a)
{
	uint64_t from;

	if (!strcmp(base, "/services"))
		return market_file(query, a);
	if (!strcmp(base, "/log") && take(query, "from", &from))
		return arena_printf(a, "list/log/%" PRIu64 ".html#entry-%" PRIu64, from / TWIN_ENTRIES, from);
	if (!strncmp(base, "/publishers/", 12) && take(query, "cursor", &from))
		return arena_printf(a, "list/publishers/%s/%" PRIu64 ".html", base + 12, from);
	if (!strncmp(base, "/services/", 10) && take(query, "from", &from))
		return arena_printf(a, "list/versions/%s/%" PRIu64 ".html", base + 10, from);
	return NULL;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool ends(const char *text, const char *with)
{
	size_t size = strlen(text), end = strlen(with);

	return size >= end && !strcmp(text + size - end, with);
}

const char *site_file(const char *path, struct arena *a)
{
	const char *query = strchr(path, '?');

	if (query)
		return listed_file(arena_printf(a, "%.*s", (int)(query - path), path), query + 1, a);
	if (!strcmp(path, "/"))
		return "index.html";
	if (!strcmp(path, "/style.css") || !strcmp(path, "/icon.svg") || begins(path, "/log/") || begins(path, "/index/") || begins(path, "/blobs/"))
		return path + 1;
	if (begins(path, "/v1/services/") && ends(path, "/sbom"))
		return arena_printf(a, "%.*s.cdx.json", (int)(strlen(path) - strlen("/v1/") - strlen("/sbom")), path + strlen("/v1/"));
	if (!strcmp(path, "/services") || !strcmp(path, "/log") || !strcmp(path, "/about") || begins(path, "/services/") || begins(path, "/publishers/"))
		return arena_printf(a, "%s.html", path + 1);
	return NULL;
}
