/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every test of a format does: cut a valid object at every length, flip
 * each of its bits, compare it with a golden file.  Bytes under test are
 * copied to a block of exactly their size, so that the address sanitizer sees
 * a read behind them.
 */
#ifndef SWEEP_H
#define SWEEP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ms/abi/abi.h>

#include "bytes.h"

/* What a format's reader makes of bytes, and its writer of what was read. */
enum verdict { REFUSED, SAME_BYTES, OTHER_BYTES };
typedef enum verdict verdict_fn(struct bytes in);

static inline enum verdict verdict_of(int rc, struct bytes in, struct bytes written)
{
	if (rc < 0)
		return REFUSED;
	return bytes_equal(in, written) ? SAME_BYTES : OTHER_BYTES;
}

static inline uint8_t *exact_copy(struct bytes b)
{
	uint8_t *copy = malloc(b.size ? b.size : 1);

	assert_non_null(copy);
	if (b.size)
		memcpy(copy, b.at, b.size);
	return copy;
}

static inline enum verdict verdict_exact(struct bytes in, verdict_fn *read)
{
	uint8_t *copy = exact_copy(in);
	enum verdict v = read((struct bytes){ copy, in.size });

	free(copy);
	return v;
}

/* The object is read and written back the same; cut anywhere it is refused. */
static inline void every_cut_is_refused(struct bytes object, verdict_fn *read)
{
	assert_int_equal(verdict_exact(object, read), SAME_BYTES);
	for (size_t size = 0; size < object.size; size++) {
		if (verdict_exact((struct bytes){ object.at, size }, read) != REFUSED)
			fail_msg("accepted when cut to %zu of %zu bytes", size, object.size);
	}
}

/*
 * With any one bit flipped the object is refused or is another object with
 * exactly these bytes.  Returns how many flips were refused.
 */
static inline size_t every_flip_is_refused_or_canonical(struct bytes object, verdict_fn *read)
{
	uint8_t *copy = exact_copy(object);
	size_t refused = 0;

	for (size_t bit = 0; bit < 8 * object.size; bit++) {
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
		enum verdict v = read((struct bytes){ copy, object.size });
		if (v == OTHER_BYTES)
			fail_msg("bit %zu of byte %zu flipped is read, but written otherwise", bit % 8, bit / 8);
		refused += v == REFUSED;
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	free(copy);
	return refused;
}

/* Pairs of hexadecimal digits as bytes; blanks separate, a '#' begins a comment. */
static inline size_t from_hex(const char *text, uint8_t *out, size_t max)
{
	size_t size = 0;

	while (*text) {
		unsigned byte;

		if (*text == '#') {
			text += strcspn(text, "\n");
		} else if (*text <= ' ') {
			text++;
		} else {
			assert_true(size < max);
			assert_true(strspn(text, "0123456789abcdef") >= 2);
			assert_int_equal(sscanf(text, "%2x", &byte), 1);
			out[size++] = (uint8_t)byte;
			text += 2;
		}
	}
	return size;
}

/* Are these the bytes of tests/golden/<name>?  Tests run in the tree's root. */
static inline void assert_golden(struct bytes actual, const char *name)
{
	static char text[1 << 16];
	static uint8_t expected[1 << 14];
	char path[128];

	snprintf(path, sizeof(path), "tests/golden/%s", name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = 0;
	fclose(f);

	size_t size = from_hex(text, expected, sizeof(expected));
	assert_int_equal(actual.size, size);
	assert_memory_equal(actual.at, expected, size);
}

#endif
