/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions of 32 bits. */
#include "vthumb_parts.h"

/* A constant of twelve bits: a byte, repeated or turned. */
static uint32_t expand(uint32_t bits)
{
	uint32_t v = bits & 0xff, turn = bits >> 7 & 31;

	switch (bits >> 8) {
	case 0: return v;
	case 1: return v | v << 16;
	case 2: return v << 8 | v << 24;
	case 3: return v * 0x01010101u;
	default: return (v | 0x80) >> turn | (v | 0x80) << (32 - turn);
	}
}

static void wide_immediate(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t v = expand((i >> 10 & 1) << 11 | (j >> 12 & 7) << 8 | (j & 0xff)), n = i & 15, d = j >> 8 & 15, x = c->r[n];
	bool none = d == PC;

	c->flags = i & 0x10;
	switch (i >> 5 & 15) {
	case 0: cpu_set_nz(c, v &= x); break;
	case 1: cpu_set_nz(c, v = x & ~v); break;
	case 2: cpu_set_nz(c, v = n == PC ? v : x | v); break;
	case 3: cpu_set_nz(c, v = n == PC ? ~v : x | ~v); break;
	case 4: cpu_set_nz(c, v ^= x); break;
	case 8: v = cpu_add(c, x, v, false); break;
	case 13: v = cpu_subtract(c, x, v); break;
	default: c->wrong = true; return;
	}
	if (!none)
		c->r[d] = v;
}

/* Single loads and stores: with 12 bits of offset, or 8 with their sign, before or after. */
static void wide_single(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t *base = &c->r[i & 15], size = 1u << (i >> 5 & 3), t = j >> 12, at = (i & 15) == PC ? (c->pc + 4) & ~3u : *base;
	bool is_load = i & 0x10;

	if (size > 4 || t == PC || i & 0x100) {
		c->wrong = true;
	} else if (i & 0x80) {
		cpu_load_store(c, is_load, t, at + (j & 0xfff), size);
	} else if ((i & 15) == PC) {
		cpu_load_store(c, is_load, t, at - (j & 0xfff), size);
	} else if (j & 0x0800) {
		uint32_t moved = j & 0x0200 ? at + (j & 0xff) : at - (j & 0xff);

		cpu_load_store(c, is_load, t, j & 0x0400 ? moved : at, size);
		if (j & 0x0100)
			*base = moved;
	} else {
		cpu_load_store(c, is_load, t, at + (c->r[j & 15] << (j >> 4 & 3)), size);
	}
}

/* Several registers, upwards from the base, or downwards to it. */
static void wide_multiple(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t count = (uint32_t)__builtin_popcount(j), *base = &c->r[i & 15], at = i & 0x100 ? *base - 4 * count : *base;

	if (i & 0x20)
		*base = i & 0x100 ? at : at + 4 * count;
	for (uint32_t n = 0; n < 16; n++) {
		if (!(j >> n & 1))
			continue;
		if (n == PC)
			cpu_branch_to(c, cpu_load(c, at, 4));
		else
			cpu_load_store(c, i & 0x10, n, at, 4);
		at += 4;
	}
}

static void wide_double(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t *base = &c->r[i & 15], moved = i & 0x80 ? *base + 4 * (j & 0xff) : *base - 4 * (j & 0xff), at = i & 0x100 ? moved : *base;

	cpu_load_store(c, i & 0x10, j >> 12, at, 4);
	cpu_load_store(c, i & 0x10, j >> 8 & 15, at + 4, 4);
	if (i & 0x20)
		*base = moved;
}

static void wide_branch(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t s = i >> 10 & 1, j1 = j >> 13 & 1, j2 = j >> 11 & 1;

	if ((j & 0x5000) == 0) {
		if (cpu_condition(c, i >> 6 & 15))
			c->r[PC] = c->pc + 4 + cpu_extended(s << 20 | j2 << 19 | j1 << 18 | (i & 0x3f) << 12 | (j & 0x7ff) << 1, 21);
		return;
	}
	if (j & 0x4000)
		c->r[LR] = (c->pc + 4) | 1;
	c->r[PC] = c->pc + 4 + cpu_extended(s << 24 | (1 ^ j1 ^ s) << 23 | (1 ^ j2 ^ s) << 22 | (i & 0x3ff) << 12 | (j & 0x7ff) << 1, 25);
}

void cpu_wide(struct cpu *c, uint32_t i, uint32_t j)
{
	uint32_t constant = (i & 15) << 12 | (i >> 10 & 1) << 11 | (j >> 12 & 7) << 8 | (j & 0xff), *d = &c->r[j >> 8 & 15];

	if (i == 0xf3bf && (j & 0xff00) == 0x8f00)
		return;		/* barriers: everything is in order */
	if ((i & 0xf800) == 0xf000 && j & 0x8000)
		wide_branch(c, i, j);
	else if ((i & 0xfa00) == 0xf000)
		wide_immediate(c, i, j);
	else if ((i & 0xfbf0) == 0xf240)
		*d = constant;
	else if ((i & 0xfbf0) == 0xf2c0)
		*d = (*d & 0xffff) | constant << 16;
	else if ((i & 0xfe40) == 0xe800 && (i >> 7 & 3) % 3)
		wide_multiple(c, i, j);
	else if ((i & 0xfe40) == 0xe840 && i & 0x120)
		wide_double(c, i, j);
	else if ((i & 0xfe00) == 0xf800)
		wide_single(c, i, j);
	else
		c->wrong = true;
}

