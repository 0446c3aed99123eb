/* SPDX-License-Identifier: Apache-2.0 */
/* A request's first line and headers, as somebody sends them: what is taken from them is within its bounds. */
#include <string.h>

#include "arena.h"
#include "fuzz.h"
#include "route.h"
#include "token.h"

FUZZ(in)
{
	struct arena a = { 0 };
	char board[ROUTE_BOARD_MAX + 1], *text = arena_string(&a, in), *path = strchr(text, ' ');
	uint64_t number = 7;
	size_t at;

	if (path)
		*path++ = '\0';
	enum route_found found = route_find(text, path ? path : "", &at, board);
	must(strlen(board) <= ROUTE_BOARD_MAX && !strpbrk(board, "/.% "));
	must(found != ROUTE_FOUND || (at < route_count && !strcmp(routes[at].method, text)));
	must(found != ROUTE_FOUND || !!strstr(routes[at].path, "{board}") == !!board[0]);
	must(route_number(text, &number) == (strspn(text, "0123456789") == strlen(text) && strlen(text) > 0 && strlen(text) <= 18) || number == 7);
	must(!route_is_digest(text) || strlen(text) == 64);

	const char *token = token_of_header(text);
	must(!token || (strlen(token) == TOKEN_SIZE && !strncmp(token, TOKEN_PREFIX, 4)));
	arena_done(&a);
}
