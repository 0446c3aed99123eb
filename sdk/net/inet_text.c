/* SPDX-License-Identifier: Apache-2.0 */
/* inet_pton and inet_ntop (POSIX.1-2008; RFC 4291 2.2 as read, RFC 5952 as written). */
#include <arpa/inet.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { V4_SIZE = 4, V6_SIZE = 16, GROUPS = 8 };

static int digit(char c, unsigned base)
{
	int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

	return d < (int)base ? d : -1;
}

/* Up to `digits_max` digits; how many there were. */
static unsigned read_number(const char **text, unsigned base, unsigned digits_max, unsigned *value)
{
	unsigned digits = 0;

	for (*value = 0; digits < digits_max && digit(**text, base) >= 0; digits++)
		*value = *value * base + (unsigned)digit(*(*text)++, base);
	return digits;
}

static bool read_v4(const char *text, uint8_t *to)
{
	unsigned value;

	for (unsigned i = 0; i < V4_SIZE; i++) {
		const char *begin = text;
		unsigned digits = read_number(&text, 10, 3, &value);

		if (digits == 0 || value > 255 || (digits > 1 && *begin == '0') || *text != (i < V4_SIZE - 1 ? '.' : '\0'))
			return false;
		to[i] = (uint8_t)value;
		text++;
	}
	return true;
}

/* What stands behind "::" moves to the end. */
static bool spread(uint8_t *whole, unsigned size, int gap)
{
	if (gap < 0)
		return size == V6_SIZE;
	unsigned behind = size - (unsigned)gap;

	memmove(whole + V6_SIZE - behind, whole + gap, behind);
	memset(whole + gap, 0, V6_SIZE - size);
	return size <= V6_SIZE - 2;
}

/* The separator behind a group: false when what comes is none. */
static bool read_colon(const char **text, unsigned size, int *gap)
{
	if (**text == '\0')
		return true;
	if (*(*text)++ != ':')
		return false;
	if (**text != ':')
		return **text != '\0';
	if (*gap >= 0)
		return false;
	*gap = (int)size;
	++*text;
	return true;
}

static bool read_v6(const char *text, uint8_t *to)
{
	uint8_t whole[V6_SIZE];
	unsigned size = 0, value;
	int gap = -1;

	if (*text == ':') {
		if (*++text != ':')
			return false;
		gap = 0;
		text++;
	}
	while (*text) {
		const char *group = text;

		if (size == V6_SIZE || read_number(&text, 16, 4, &value) == 0)
			return false;
		if (*text == '.') {
			if (size > V6_SIZE - V4_SIZE || !read_v4(group, whole + size))
				return false;
			size += V4_SIZE;
			break;
		}
		whole[size++] = (uint8_t)(value >> 8);
		whole[size++] = (uint8_t)value;
		if (!read_colon(&text, size, &gap))
			return false;
	}
	if (!spread(whole, size, gap))
		return false;
	memcpy(to, whole, V6_SIZE);
	return true;
}

int inet_pton(int family, const char *restrict text, void *restrict to)
{
	uint8_t v4[V4_SIZE];

	if (family == AF_INET6)
		return read_v6(text, to);
	if (family != AF_INET) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	if (!read_v4(text, v4))
		return 0;
	memcpy(to, v4, sizeof(v4));
	return 1;
}

static int write_v4(const uint8_t *from, char *to, size_t size)
{
	return snprintf(to, size, "%u.%u.%u.%u", from[0], from[1], from[2], from[3]);
}

/* The first of the longest runs of at least two groups of zeros: it becomes "::". */
static unsigned longest_run(const uint8_t *from, unsigned *length)
{
	unsigned best = GROUPS, run;

	*length = 1;
	for (unsigned i = 0; i < GROUPS; i += run + 1) {
		for (run = 0; i + run < GROUPS && !from[2 * (i + run)] && !from[2 * (i + run) + 1]; run++)
			;
		if (run > *length) {
			best = i;
			*length = run;
		}
	}
	return best;
}

static bool is_v4(const uint8_t *from)
{
	static const uint8_t mapped[V6_SIZE - V4_SIZE] = { [10] = 0xff, [11] = 0xff };

	return memcmp(from, mapped, sizeof(mapped)) == 0;
}

static int write_v6(const uint8_t *from, char *to)
{
	unsigned length, run = longest_run(from, &length), last = is_v4(from) ? GROUPS - 2 : GROUPS;
	char *end = to;

	for (unsigned i = 0; i < last; i++) {
		if (i == run) {
			end += sprintf(end, "::");
			i += length - 1;
			continue;
		}
		end += sprintf(end, "%s%x", i > 0 && i != run + length ? ":" : "", from[2 * i] << 8 | from[2 * i + 1]);
	}
	if (last < GROUPS) {
		*end++ = ':';
		end += write_v4(from + V6_SIZE - V4_SIZE, end, INET_ADDRSTRLEN);
	}
	return (int)(end - to);
}

const char *inet_ntop(int family, const void *restrict from, char *restrict to, socklen_t size)
{
	char text[INET6_ADDRSTRLEN];

	if (family != AF_INET && family != AF_INET6) {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	int needed = family == AF_INET ? write_v4(from, text, sizeof(text)) : write_v6(from, text);

	if ((socklen_t)needed >= size) {
		errno = ENOSPC;
		return NULL;
	}
	return memcpy(to, text, (size_t)needed + 1);
}
