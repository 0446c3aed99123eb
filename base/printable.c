/* SPDX-License-Identifier: Apache-2.0 */
#include "printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool is_continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The size that a first byte announces, with the bits of it that count. */
static size_t announced(unsigned char first, uint32_t *bits)
{
	if (first < 0x80) {
		*bits = first;
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf) {
		*bits = first & 0x1f;
		return 2;
	}
	if (first >= 0xe0 && first <= 0xef) {
		*bits = first & 0x0f;
		return 3;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		*bits = first & 0x07;
		return 4;
	}
	return 0;
}

/* One character, well-formed as RFC 3629 says (no overlong form, no surrogate); 0 if it is not. */
static size_t decode(const char *at, size_t size, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c;

	size_t n = size ? announced((unsigned char)at[0], &c) : 0;
	if (n == 0 || n > size)
		return 0;

	for (size_t i = 1; i < n; i++) {
		if (!is_continuation((unsigned char)at[i]))
			return 0;
		c = c << 6 | ((unsigned char)at[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;

	*character = c;
	return n;
}

/* Marks that change the order in which text is read, and line ends that are no line feed. */
static bool reorders(uint32_t c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

size_t printable_char(const char *at, size_t size)
{
	uint32_t c;

	size_t n = decode(at, size, &c);
	return n && !is_control(c) && !reorders(c) ? n : 0;
}

size_t printable(char *text, size_t size)
{
	size_t to = 0, from = 0;
	uint32_t c;

	while (from < size) {
		size_t n = printable_char(text + from, size - from);
		if (n == 0 && text[from] == '\t')
			n = 1;
		if (n) {
			memmove(text + to, text + from, n);
			to += n;
			from += n;
		} else {
			size_t bad = decode(text + from, size - from, &c);
			text[to++] = '?';
			from += bad ? bad : 1;
		}
	}
	return to;
}
