/* SPDX-License-Identifier: Apache-2.0 */
#include "package_header.h"

#include <string.h>

/* Where the fields of a ustar header are, and how long. */
enum {
	MODE_AT = 100, UID_AT = 108, GID_AT = 116, SIZE_AT = 124, MTIME_AT = 136, SUM_AT = 148, TYPE_AT = 156,
	MAGIC_AT = 257, MAJOR_AT = 329, MINOR_AT = 337,
	SHORT_DIGITS = 7, LONG_DIGITS = 11, SUM_DIGITS = 6, SUM_SIZE = 8,
	MODE = 0644,	/* -rw-r--r-- */
};

/* A number in octal digits; a NUL follows. */
static void put_octal(uint8_t *to, unsigned digits, uint64_t v)
{
	to[digits] = 0;
	for (; digits > 0; digits--, v >>= 3)
		to[digits - 1] = (uint8_t)('0' + (v & 7));
}

/* What the digits say; whether they are digits is seen when they are written again. */
static uint64_t get_octal(const uint8_t *at, unsigned digits)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < digits; i++)
		v = v << 3 | (at[i] & 7);
	return v;
}

/* The sum of all bytes, those of the sum itself taken as blanks. */
static uint32_t sum_of(const uint8_t block[PACKAGE_BLOCK])
{
	uint32_t sum = SUM_SIZE * ' ';

	for (unsigned i = 0; i < PACKAGE_BLOCK; i++) {
		if (i < SUM_AT || i >= SUM_AT + SUM_SIZE)
			sum += block[i];
	}
	return sum;
}

static void put_sum(uint8_t to[SUM_SIZE], uint32_t sum)
{
	put_octal(to, SUM_DIGITS, sum);
	to[SUM_SIZE - 1] = ' ';
}

bool header_sum_ok(const uint8_t block[PACKAGE_BLOCK])
{
	uint8_t expected[SUM_SIZE];

	put_sum(expected, sum_of(block));
	return memcmp(block + SUM_AT, expected, sizeof(expected)) == 0;
}

void header_write(uint8_t block[PACKAGE_BLOCK], const struct package_header *h)
{
	memset(block, 0, PACKAGE_BLOCK);
	memcpy(block, h->name.at, h->name.size);
	put_octal(block + MODE_AT, SHORT_DIGITS, MODE);
	put_octal(block + UID_AT, SHORT_DIGITS, 0);
	put_octal(block + GID_AT, SHORT_DIGITS, 0);
	put_octal(block + SIZE_AT, LONG_DIGITS, h->size);
	put_octal(block + MTIME_AT, LONG_DIGITS, h->mtime);
	block[TYPE_AT] = '0';
	memcpy(block + MAGIC_AT, "ustar\0" "00", 8);
	put_octal(block + MAJOR_AT, SHORT_DIGITS, 0);
	put_octal(block + MINOR_AT, SHORT_DIGITS, 0);
	put_sum(block + SUM_AT, sum_of(block));
}

void header_fields(const uint8_t block[PACKAGE_BLOCK], struct package_header *out)
{
	*out = (struct package_header){
		.name.at = block,
		.size = get_octal(block + SIZE_AT, LONG_DIGITS),
		.mtime = get_octal(block + MTIME_AT, LONG_DIGITS),
	};
	while (out->name.size < PACKAGE_NAME_MAX && block[out->name.size])
		out->name.size++;
}

bool header_read(const uint8_t block[PACKAGE_BLOCK], struct package_header *out)
{
	uint8_t expected[PACKAGE_BLOCK];

	header_fields(block, out);
	header_write(expected, out);
	return memcmp(block, expected, sizeof(expected)) == 0;
}
