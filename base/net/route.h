/* SPDX-License-Identifier: Apache-2.0 */
/* Which request is meant: paths and numbers that come from outside, taken apart. */
#ifndef ROUTE_H
#define ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { ROUTE_PARTS_MAX = 4, ROUTE_PART_MAX = 160 };

/* A row of a program's routes.def; `who` is the program's own. */
struct route {
	const char *method;
	const char *path;	/* "/boards/{board}/run": {board} is one part; {path*}, as the last one, is all that follows */
	int who;
	size_t body_max;	/* bytes */
	const char *what;
};

struct routes { const struct route *at; size_t count; };

/* What of a path stood in braces, in order; the others are "". */
struct route_parts { char at[ROUTE_PARTS_MAX][ROUTE_PART_MAX + 1]; };

enum route_found { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };

/*
 * Find it.  A part has letters, digits and "-_.:+~", begins with no '.', and has at most ROUTE_PART_MAX bytes: nothing that
 * leads anywhere else where it becomes part of a file's name.  HEAD finds what GET does.
 */
enum route_found route_find(const struct routes *routes, const char *method, const char *path, size_t *at, struct route_parts *parts);

/* What can be asked of a path, as the header Allow says it: "GET, HEAD, POST". */
const char *route_methods(const struct routes *routes, const char *path, struct arena *a);

/* Decimal digits and nothing else, at most 18 of them; false leaves *out alone. */
bool route_number(const char *text, uint64_t *out);

/* A SHA-256 as 64 small hexadecimal digits. */
bool route_is_digest(const char *text);

#endif
