/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Division as IEEE 754 wants it, rounded to nearest, ties to even, on the bits
 * of the numbers.  Who includes this says which format: `word` is as wide as a
 * number, FRACTION_BITS are its last ones, EXPONENT_MAX is that of infinity.
 * NaN comes out as from the FPU of a Cortex-M: a signalling operand before a
 * quiet one, the first before the second, made quiet; else the positive one.
 */
#ifndef DIVIDE_H
#define DIVIDE_H

#include <stdbool.h>

#define LEADING	((word)1 << FRACTION_BITS)		/* the one before the point, not stored */
#define QUIET	(LEADING >> 1)
#define INFINITE ((word)EXPONENT_MAX << FRACTION_BITS)
#define SIGN	((word)1 << (sizeof(word) * 8 - 1))

static bool is_nan(word v)
{
	return (v & ~SIGN) > INFINITE;
}

static bool is_signalling(word v)
{
	return is_nan(v) && !(v & QUIET);
}

static word quiet(word a, word b)
{
	bool first = is_signalling(a) || (is_nan(a) && !is_signalling(b));

	return (first ? a : b) | QUIET;
}

/* The exponent of a positive number; the number becomes its digits, with the leading one in its place. */
static int take_exponent(word *v)
{
	int exponent = (int)(*v >> FRACTION_BITS);

	if (exponent) {
		*v = (*v & (LEADING - 1)) | LEADING;
		return exponent;
	}
	for (exponent = 1; !(*v & LEADING); exponent--)
		*v <<= 1;
	return exponent;
}

/* Digits with one more behind them, and whether others follow: rounded. */
static word rounded(word digits, bool more)
{
	word result = digits >> 1;

	return result + (digits & 1 & (word)(more | (result & 1)));
}

static word divide_digits(word a, int exponent_a, word b, int exponent_b)
{
	int exponent = exponent_a - exponent_b + EXPONENT_MAX / 2;
	word q = 0;

	if (a < b) {
		a <<= 1;
		exponent--;
	}
	for (int left = FRACTION_BITS + 2; left; left--) {
		q <<= 1;
		if (a >= b) {
			a -= b;
			q |= 1;
		}
		a <<= 1;
	}
	if (exponent >= EXPONENT_MAX)
		return INFINITE;
	if (exponent > 0)
		return ((word)(exponent - 1) << FRACTION_BITS) + rounded(q, a != 0);

	int drop = 1 - exponent > FRACTION_BITS + 2 ? FRACTION_BITS + 2 : 1 - exponent;

	return rounded(q >> drop, a != 0 || q & (((word)1 << drop) - 1));
}

static word divide(word a, word b)
{
	word sign = (a ^ b) & SIGN, x = a & ~SIGN, y = b & ~SIGN;

	if (is_nan(a) || is_nan(b))
		return quiet(a, b);
	if (x == y && (x == 0 || x == INFINITE))
		return INFINITE | QUIET;
	if (x == INFINITE || y == 0)
		return sign | INFINITE;
	if (x == 0 || y == INFINITE)
		return sign;

	int exponent_x = take_exponent(&x), exponent_y = take_exponent(&y);

	return sign | divide_digits(x, exponent_x, y, exponent_y);
}

#endif
