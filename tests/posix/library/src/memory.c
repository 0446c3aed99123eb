/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of <string.h>: every length and every place in a word, with what lies before and behind. */
#include <stdint.h>

#include "library.h"

enum { SIZE = 48, AROUND = 0xa5 };
static unsigned char from[SIZE], to[SIZE];

static void number(unsigned char *bytes)
{
	for (unsigned i = 0; i < SIZE; i++)
		bytes[i] = (unsigned char)(i + 1);
}

/* `size` bytes from `at` are as `like` says they were at `source`, the others `AROUND`. */
static bool holds(const unsigned char *bytes, size_t at, size_t size, size_t source)
{
	for (size_t i = 0; i < SIZE; i++)
		if (bytes[i] != (i >= at && i < at + size ? i - at + source + 1 : AROUND))
			return false;
	return true;
}

static int bytes_are_copied(void)
{
	number(from);
	for (size_t s = 0; s < 5; s++)
		for (size_t d = 0; d < 5; d++)
			for (size_t n = 0; n <= 40; n++) {
				memset(to, AROUND, SIZE);
				MUST(memcpy(to + d, from + s, n) == to + d && holds(to, d, n, s));
			}
	return 0;
}

static int bytes_are_moved_over_each_other(void)
{
	for (size_t s = 0; s < 12; s++)
		for (size_t d = 0; d < 12; d++)
			for (size_t n = 0; n <= 36; n++) {
				number(to);
				MUST(memmove(to + d, to + s, n) == to + d);
				for (size_t i = 0; i < SIZE; i++)
					MUST(to[i] == (i >= d && i < d + n ? i - d + s : i) + 1);
			}
	return 0;
}

static int bytes_are_set(void)
{
	for (size_t d = 0; d < 5; d++)
		for (size_t n = 0; n <= 40; n++) {
			for (size_t i = 0; i < SIZE; i++)
				to[i] = AROUND;
			MUST(memset(to + d, 0x1234, n) == to + d);	/* as an unsigned char */
			for (size_t i = 0; i < SIZE; i++)
				MUST(to[i] == (i >= d && i < d + n ? 0x34 : AROUND));
		}
	return 0;
}

static int bytes_are_compared(void)
{
	static const unsigned char high[] = { 1, 0, 0xff }, low[] = { 1, 0, 0x7f };

	MUST(memcmp(high, low, 3) > 0 && memcmp(low, high, 3) < 0 && memcmp(high, low, 2) == 0 && memcmp(high, "x", 0) == 0);
	for (size_t at = 0; at < 33; at++) {
		number(from);
		number(to);
		MUST(memcmp(from, to, SIZE) == 0 && memcmp(from + 1, to + 1, SIZE - 1) == 0);
		to[at] = 0xf0;
		MUST(memcmp(from, to, SIZE) < 0 && memcmp(to, from, SIZE) > 0 && memcmp(from, to, at) == 0 && memcmp(from + at, to + at, 1) < 0);
	}
	return 0;
}

static int a_byte_is_found(void)
{
	number(from);
	for (size_t start = 0; start < 5; start++)
		for (size_t at = start; at < SIZE; at++) {
			MUST(memchr(from + start, (int)at + 1, SIZE - start) == from + at && memchr(from + start, (int)at + 1 + 256, SIZE - start) == from + at);
			MUST(memchr(from + start, (int)at + 1, at - start) == NULL);
		}
	MUST(memchr(from, 1, 0) == NULL && memchr("a\0b", 0, 4) != NULL && memchr("a\0b", 'b', 3) != NULL && memchr(from, 200, SIZE) == NULL);
	from[3] = from[9] = 0xff;
	MUST(memchr(from, 0xff, SIZE) == from + 3 && memchr(from, -1, SIZE) == from + 3);
	MUST(memchr(from, 0xff, SIZE_MAX) == from + 3);		/* it looks no further than it has to */
	return 0;
}

const struct row memory_rows[] = {
	ROW(memchr, "success", a_byte_is_found),
	ROW(memcmp, "success", bytes_are_compared),
	ROW(memcpy, "success", bytes_are_copied),
	ROW(memmove, "success", bytes_are_moved_over_each_other),
	ROW(memset, "success", bytes_are_set),
	ROWS_END
};
