/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our division against this computer's, bit by bit.  Who includes this has
 * included divide.h and says by `number` which type of C its words are.
 * Processors differ in which NaN comes out of one, so that has cases of its own.
 */
#ifndef DIVIDE_CASES_H
#define DIVIDE_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { RANDOM_PAIRS = 3000000 };

static word hardware(word a, word b)
{
	volatile number x, y, q;
	word result;

	memcpy((void *)&x, &a, sizeof(a));
	memcpy((void *)&y, &b, sizeof(b));
	q = x / y;
	memcpy(&result, (const void *)&q, sizeof(result));
	return result;
}

static void check(word a, word b)
{
	word ours = divide(a, b), theirs = hardware(a, b);

	if (ours == theirs || (is_nan(ours) && is_nan(theirs)))
		return;
	fail_msg("%llx / %llx is %llx, not %llx", (unsigned long long)a, (unsigned long long)b, (unsigned long long)theirs,
		 (unsigned long long)ours);
}

/* Operands at which something changes: least and greatest of each kind, their neighbours, powers of two, long runs of bits. */
static size_t edges(word *to)
{
	static const int exponents[] = {
		0, 1, 2, FRACTION_BITS, FRACTION_BITS + 1, FRACTION_BITS + 2, EXPONENT_MAX / 2 - FRACTION_BITS - 1, EXPONENT_MAX / 2 - FRACTION_BITS,
		EXPONENT_MAX / 2 - 1, EXPONENT_MAX / 2, EXPONENT_MAX / 2 + 1, EXPONENT_MAX / 2 + FRACTION_BITS, EXPONENT_MAX / 2 + FRACTION_BITS + 1,
		EXPONENT_MAX - FRACTION_BITS - 1, EXPONENT_MAX - 2, EXPONENT_MAX - 1, EXPONENT_MAX,
	};
	const word all = LEADING - 1, half = LEADING >> 1;
	const word fractions[] = { 0, 1, 2, 3, half - 1, half, half + 1, all - 2, all - 1, all, all / 3, all / 3 * 2, all / 5, half >> 1, 5 };
	size_t count = 0;

	for (size_t e = 0; e < sizeof(exponents) / sizeof(exponents[0]); e++)
		for (size_t f = 0; f < sizeof(fractions) / sizeof(fractions[0]); f++)
			for (word sign = 0; sign < 2; sign++)
				to[count++] = sign * SIGN | (word)exponents[e] << FRACTION_BITS | fractions[f];
	for (int bit = 0; bit < FRACTION_BITS; bit++)
		to[count++] = (word)1 << bit;
	return count;
}

static void edge_operands_by_each_other(void **state)
{
	(void)state;
	static word edge[1024];
	size_t count = edges(edge);

	assert_true(count > 500 && count <= 1024);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			check(edge[i], edge[k]);
}

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Any bits; then operands whose quotient lies around the least numbers, and around the greatest. */
static void random_operands(void **state)
{
	(void)state;
	uint64_t seed = 1;

	for (long i = 0; i < RANDOM_PAIRS; i++) {
		word a = (word)next_random(&seed), b = (word)next_random(&seed);

		check(a, b);
		int apart = EXPONENT_MAX / 2 + (int)(next_random(&seed) % (FRACTION_BITS + 4)) - 2;
		int low = (int)(next_random(&seed) % (unsigned)(EXPONENT_MAX - apart));
		word x = (a & ~INFINITE) | (word)low << FRACTION_BITS, y = (b & ~INFINITE) | (word)(low + apart) << FRACTION_BITS;

		check(x, y);
		check(y, x);
	}
}

/* Divisors that make ties and near ties: a product of short digits, divided by one of its factors, and its neighbours. */
static void quotients_that_come_out_even_or_nearly(void **state)
{
	(void)state;
	uint64_t seed = 2;

	for (long i = 0; i < RANDOM_PAIRS / 4; i++) {
		word q = next_random(&seed) % (LEADING >> FRACTION_BITS / 2) + 1, d = next_random(&seed) % ((word)1 << FRACTION_BITS / 2) + 1;
		number product = (number)q * (number)d, divisor = (number)d;
		word a, b;

		memcpy(&a, &product, sizeof(a));
		memcpy(&b, &divisor, sizeof(b));
		for (word near = 0; near < 3; near++)
			check(a + near - 1, b);
		/* The same as a quotient in the middle between two of the least numbers. */
		check((word)(q | 1), (word)(EXPONENT_MAX / 2 + 1) << FRACTION_BITS);
	}
}

static void one_nan_comes_out_of_each_pair(void **state)
{
	(void)state;
	const word one = (word)(EXPONENT_MAX / 2) << FRACTION_BITS;
	const word s1 = INFINITE | 1, s2 = SIGN | INFINITE | 2, q1 = INFINITE | QUIET | 3, q2 = SIGN | INFINITE | QUIET | 4;
	const struct { word a, b, result; } row[] = {
		{ s1, one, s1 | QUIET }, { one, s2, s2 | QUIET }, { q1, one, q1 }, { one, q2, q2 },
		{ s1, s2, s1 | QUIET }, { s2, s1, s2 | QUIET }, { q1, q2, q1 }, { q2, q1, q2 },
		{ q1, s2, s2 | QUIET }, { s1, q2, s1 | QUIET }, { s1, INFINITE, s1 | QUIET }, { 0, q2, q2 },
		{ 0, 0, INFINITE | QUIET }, { SIGN, 0, INFINITE | QUIET }, { INFINITE, INFINITE, INFINITE | QUIET },
		{ INFINITE, SIGN | INFINITE, INFINITE | QUIET },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_int_equal(divide(row[i].a, row[i].b), row[i].result);
}

static int run_cases(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edge_operands_by_each_other),
		cmocka_unit_test(random_operands),
		cmocka_unit_test(quotients_that_come_out_even_or_nearly),
		cmocka_unit_test(one_nan_comes_out_of_each_pair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
