/* SPDX-License-Identifier: Apache-2.0 */
#include "testlists.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* "12:1,40:t": points, none before the one in front of it, and turns from 1 on, or t for time that passes. */
bool testlist_is_order(const char *list)
{
	uint64_t before = 0;

	for (;; list++) {
		char *end;

		errno = 0;
		uint64_t point = isdigit((unsigned char)*list) ? strtoull(list, &end, 10) : UINT64_MAX;
		if (errno || point == UINT64_MAX || point < before || *end != ':' || (end[1] != 't' && !isdigit((unsigned char)end[1])))
			return false;
		bool late = end[1] == 't';
		uint64_t turn = late ? 1 : strtoull(end + 1, &end, 10);
		end += late ? 2 : 0;
		if (errno || !turn || turn >= UINT32_MAX || (*end && *end != ','))
			return false;
		if (!*end)
			return true;
		before = point;
		list = end;
	}
}

/* "pct:3": a name, and for some a number. */
bool testlist_is_strategy(const char *text)
{
	static const struct { const char *name; unsigned long least, most; } all[] = {
		{ "mix", 0, 0 }, { "random", 0, 0 }, { "pct", 2, 16 }, { "dfs", 1, 8 },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		size_t size = strlen(all[i].name);
		char *end;

		if (strncmp(text, all[i].name, size))
			continue;
		if (!text[size])
			return true;
		unsigned long number = text[size] == ':' && isdigit((unsigned char)text[size + 1]) ? strtoul(text + size + 1, &end, 10) : 0;
		return number && !*end && number >= all[i].least && number <= all[i].most;
	}
	return false;
}

/* "12,40": numbers from 1 on, eight at most. */
bool testlist_is_sites(const char *list)
{
	for (int count = 0; count < 8; count++, list++) {
		char *end;

		if (*list < '1' || *list > '9' || strtoull(list, &end, 10) > 65536 || (*end && *end != ','))
			return false;
		if (!*end)
			return true;
		list = end;
	}
	return false;
}

/* "17.2": operation and extent. */
bool testlist_is_cut(const char *text)
{
	size_t size = strspn(text, "0123456789");

	return size && size < 10 && *text != '0' && text[size] == '.' && text[size + 1] >= '0' && text[size + 1] <= '4' && !text[size + 2];
}
