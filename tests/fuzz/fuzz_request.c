/* SPDX-License-Identifier: Apache-2.0 */
/* A request's first line and headers, as somebody sends them: what is taken from them is within its bounds. */
#include <string.h>

#include "accept.h"
#include "arena.h"
#include "fuzz.h"
#include "route.h"
#include "token.h"

FUZZ(in)
{
	struct arena a = { 0 };
	static const struct route rows[] = { { .method = "GET", .path = "/a" }, { .method = "PUT", .path = "/rig/v1/boards/{board}/lease" }, { .method = "GET", .path = "/t/{path*}" } };
	const struct routes routes = { rows, 3 };
	struct route_parts parts;
	char *text = arena_string(&a, in), *path = strchr(text, ' ');
	uint64_t number = 7;
	size_t at;

	if (path)
		*path++ = '\0';
	enum route_found found = route_find(&routes, text, path ? path : "", &at, &parts);
	must(strlen(parts.at[0]) <= ROUTE_PART_MAX && !strpbrk(parts.at[0], "% \\") && !strstr(parts.at[0], "/.") && parts.at[0][0] != '/' && parts.at[0][0] != '.');
	must(found != ROUTE_FOUND || !strcmp(rows[at].method, text) || !strcmp(text, "HEAD"));
	must(found != ROUTE_FOUND || !!strchr(rows[at].path, '{') == !!parts.at[0][0]);
	must(route_number(text, &number) == (strspn(text, "0123456789") == strlen(text) && strlen(text) > 0 && strlen(text) <= 18) || number == 7);
	must(!route_is_digest(text) || strlen(text) == 64);

	int quality = accept_quality(text, path ? path : "text/html");
	must(quality >= 0 && quality <= 1000);

	const char *token = token_of_header(TOKEN_OF_RIG, text), *other = token_of_header(TOKEN_OF_STORE, text);
	must(!token || (strlen(token) == 4 + 64 && !strncmp(token, "msr_", 4)));
	must(!other || (strlen(other) == 3 + 64 + 8 && !strncmp(other, "ms_", 3)));
	arena_done(&a);
}
