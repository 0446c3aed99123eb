/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <string.h>

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static uint32_t mixed(uint32_t sum, uint64_t value)
{
	sum ^= (uint32_t)value ^ (uint32_t)(value >> 32);
	return (sum << 7 | sum >> 25) * 2654435761u;
}

/* Which NaN comes out of an operation is the processor's choice: they count as one. */
static uint64_t float_bits(float f)
{
	uint32_t bits;

	memcpy(&bits, &f, sizeof(bits));
	return f == f ? bits : 0x7fc00000;
}

static uint64_t double_bits(double d)
{
	uint64_t bits;

	memcpy(&bits, &d, sizeof(bits));
	return d == d ? bits : UINT64_C(0x7ff8000000000000);
}

uint32_t sample_floats(unsigned count)
{
	uint64_t seed = 1;
	uint32_t sum = 0;

	while (count--) {
		uint64_t bits = next_random(&seed);
		uint32_t half[] = { (uint32_t)bits, (uint32_t)(bits >> 32) };
		float x, y;

		if (count % 3 == 0)		/* subnormal numbers, and quotients around the least of all */
			half[0] &= 0x80ffffff, half[1] = (half[1] & 0x807fffff) | 0x40000000;
		memcpy(&x, &half[0], sizeof(x));
		memcpy(&y, &half[1], sizeof(y));
		sum = mixed(sum, float_bits(x / y));
		sum = mixed(sum, float_bits(x * y));
		sum = mixed(sum, float_bits(x + y));
	}
	return sum;
}

uint32_t sample_doubles(unsigned count)
{
	uint64_t seed = 2;
	uint32_t sum = 0;

	while (count--) {
		uint64_t bits[] = { next_random(&seed), next_random(&seed) };
		double x, y;

		if (count % 3 == 0) {
			bits[0] &= UINT64_C(0x801fffffffffffff);
			bits[1] = (bits[1] & UINT64_C(0x800fffffffffffff)) | UINT64_C(0x4000000000000000);
		}
		memcpy(&x, &bits[0], sizeof(x));
		memcpy(&y, &bits[1], sizeof(y));
		sum = mixed(sum, double_bits(x / y));
		sum = mixed(sum, double_bits(x * y));
		sum = mixed(sum, double_bits(x + y));
	}
	return sum;
}

uint32_t sample_integers(unsigned count)
{
	uint64_t seed = 3;
	uint32_t sum = 0;

	while (count--) {
		uint64_t x = next_random(&seed), y = next_random(&seed) >> count % 63 | 1;

		sum = mixed(sum, x / y);
		sum = mixed(sum, x % y);
		sum = mixed(sum, (uint64_t)((int64_t)x / (int64_t)(y | 2)));
		sum = mixed(sum, (uint64_t)((int64_t)x % (int64_t)(y | 2)));
	}
	return sum;
}
