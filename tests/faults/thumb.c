/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings from the Armv7-M Architecture Reference Manual, A5 and A7. */
#include "thumb.h"

enum { N = 8, Z = 4, C = 2, V = 1 };

uint32_t thumb_size(uint16_t first)
{
	return first >> 11 >= 0x1d ? 4 : 2;
}

uint32_t thumb_passed(uint32_t xpsr)
{
	uint32_t it = (xpsr >> 8 & 0xfc) | (xpsr >> 25 & 3);

	it = it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
	return (xpsr & ~UINT32_C(0x0600fc00)) | (it & 0xfc) << 8 | (it & 3) << 25;
}

static bool is_branch(uint16_t first)
{
	return first >> 12 == 0xd && (first >> 8 & 15) < 14;
}

static bool is_it(uint16_t first)
{
	return first >> 8 == 0xbf && (first & 15);
}

static bool is_wide_branch(uint16_t first, uint16_t second)
{
	return first >> 11 == 0x1e && (second & 0xd000) == 0x8000 && (first >> 6 & 15) < 14;
}

bool thumb_conditional(uint16_t first, uint16_t second)
{
	return is_branch(first) || (is_it(first) && (first >> 4 & 15) < 14) || is_wide_branch(first, second);
}

static bool holds(unsigned condition, unsigned nzcv)
{
	bool n = nzcv & N, z = nzcv & Z, c = nzcv & C, v = nzcv & V;
	const bool base[] = { z, c, n, v, c && !z, n == v, n == v && !z };

	return base[condition >> 1] != (condition & 1);
}

uint32_t thumb_opposite(uint16_t first, uint16_t second, uint32_t xpsr)
{
	unsigned condition = is_branch(first) ? first >> 8 & 15 : is_it(first) ? first >> 4 & 15 : first >> 6 & 15;
	unsigned now = xpsr >> 28, other = now ^ Z;
	(void)second;

	while (holds(condition, other) == holds(condition, now))
		other = (other + 1) & 15;
	return (xpsr & UINT32_C(0x0fffffff)) | (uint32_t)other << 28;
}

bool thumb_compares(uint16_t first)
{
	return (first & 0xf500) == 0xb100;
}

uint32_t thumb_target(uint16_t first, uint32_t pc)
{
	return pc + 4 + ((first >> 9 & 1) << 6 | (first >> 3 & 31) << 1);
}

bool thumb_returns(uint16_t first, uint16_t second)
{
	return first == 0x4770 || first >> 8 == 0xbd || (first == 0xe8bd && (second & 0x8000)) || (first == 0xf85d && (second & 0xff00) == 0xfb00);
}
