/* SPDX-License-Identifier: Apache-2.0 */
#include "accept.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { WHOLE = 1000 };

/* How exactly a range of `size` bytes names the type: 3 as it is, 2 "text" with any part, 1 anything, 0 not at all. */
static int exactness(const char *range, size_t size, const char *type)
{
	size_t family = strcspn(type, "/") + 1;

	if (size == strlen(type) && !strncasecmp(range, type, size))
		return 3;
	if (size == family + 1 && range[family] == '*' && !strncasecmp(range, type, family))
		return 2;
	return size == 3 && !strncmp(range, "*/*", 3);
}

/* "0.8": 800.  What is no number is as if it were not there. */
static int thousandths(const char *at, const char *end)
{
	int value = 0, unit = WHOLE;

	if (at == end || (*at != '0' && *at != '1'))
		return WHOLE;
	value = *at++ == '1' ? WHOLE : 0;
	if (at < end && *at == '.')
		at++;
	while (at < end && *at >= '0' && *at <= '9' && unit > 1) {
		unit /= 10;
		value += (*at++ - '0') * unit;
	}
	return value < WHOLE ? value : WHOLE;
}

/* The q among the parameters of a range, from the first ';' on. */
static int quality_in(const char *at, const char *end)
{
	while (at < end) {
		at++;
		at += strspn(at, " \t");
		if (end - at > 2 && (*at == 'q' || *at == 'Q') && at[1] == '=')
			return thousandths(at + 2, end);
		while (at < end && *at != ';')
			at++;
	}
	return WHOLE;
}

int accept_quality(const char *accept, const char *type)
{
	int best = 0, quality = 0;

	if (!accept || !accept[strspn(accept, " \t,")])
		return WHOLE;
	while (*accept) {
		accept += strspn(accept, " \t,");
		const char *end = accept + strcspn(accept, ","), *parameters = memchr(accept, ';', (size_t)(end - accept));
		size_t size = (size_t)((parameters ? parameters : end) - accept);

		while (size && strchr(" \t", accept[size - 1]))
			size--;
		int exact = exactness(accept, size, type);
		if (exact > best) {
			best = exact;
			quality = quality_in(parameters ? parameters : end, end);
		}
		accept = end;
	}
	return quality;
}

bool accept_prefers(const char *accept, const char *type, const char *other)
{
	return accept_quality(accept, type) > accept_quality(accept, other);
}
