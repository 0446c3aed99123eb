/* SPDX-License-Identifier: Apache-2.0 */
/* Which request is meant: paths and numbers that come from outside, taken apart. */
#ifndef ROUTE_H
#define ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum route_who { ROUTE_ANYBODY, ROUTE_USER, ROUTE_HOLDER };
enum { ROUTE_BOARD_MAX = 40 };

struct route {
	const char *method, *path;
	enum route_who who;
	size_t body_max;
	const char *what;
};
extern const struct route routes[];
extern const size_t route_count;

enum route_found { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };

/* Find it; `board` gets the part of the path that names one, "" if none does. */
enum route_found route_find(const char *method, const char *path, size_t *at, char board[ROUTE_BOARD_MAX + 1]);

/* Decimal digits and nothing else, at most 18 of them; false leaves *out alone. */
bool route_number(const char *text, uint64_t *out);

/* A SHA-256 as 64 small hexadecimal digits. */
bool route_is_digest(const char *text);

#endif
