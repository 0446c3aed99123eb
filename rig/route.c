/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <string.h>

const struct route routes[] = {
#define ROUTE(method, path, name, who, body, what) { #method, path, ROUTE_##who, body, what },
#include "routes.def"
#undef ROUTE
};

const size_t route_count = sizeof(routes) / sizeof(routes[0]);

static bool take_board(const char *from, size_t size, char board[ROUTE_BOARD_MAX + 1])
{
	if (!size || size > ROUTE_BOARD_MAX || strspn(from, "abcdefghijklmnopqrstuvwxyz0123456789-_") < size)
		return false;
	memcpy(board, from, size);
	board[size] = '\0';
	return true;
}

static bool is_path(const char *pattern, const char *path, char board[ROUTE_BOARD_MAX + 1])
{
	static const char mark[] = "{board}";
	const char *at = strstr(pattern, mark);
	size_t head = at ? (size_t)(at - pattern) : 0, size;

	board[0] = '\0';
	if (!at)
		return !strcmp(pattern, path);
	if (strncmp(pattern, path, head))
		return false;
	size = strcspn(path + head, "/");
	return take_board(path + head, size, board) && !strcmp(at + strlen(mark), path + head + size);
}

enum route_found route_find(const char *method, const char *path, size_t *at, char board[ROUTE_BOARD_MAX + 1])
{
	bool known = false;

	for (*at = 0; *at < route_count; ++*at) {
		if (!is_path(routes[*at].path, path, board))
			continue;
		if (!strcmp(routes[*at].method, method))
			return ROUTE_FOUND;
		known = true;
	}
	board[0] = '\0';
	return known ? ROUTE_NO_METHOD : ROUTE_NO_PATH;
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
