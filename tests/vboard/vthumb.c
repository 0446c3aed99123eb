/* SPDX-License-Identifier: Apache-2.0 */
#include "vthumb_parts.h"

enum { DFSR_BREAKPOINT = 1 << 1 };

void cpu_set_nz(struct cpu *c, uint32_t v)
{
	if (c->flags)
		c->r[XPSR] = (c->r[XPSR] & ~(FLAG_N | FLAG_Z)) | (v & FLAG_N) | (v ? 0 : FLAG_Z);
}

static void set_flag(struct cpu *c, uint32_t flag, bool on)
{
	if (c->flags)
		c->r[XPSR] = on ? c->r[XPSR] | flag : c->r[XPSR] & ~flag;
}

uint32_t cpu_add(struct cpu *c, uint32_t x, uint32_t y, bool carry)
{
	uint64_t wide = (uint64_t)x + y + carry;
	uint32_t v = (uint32_t)wide;

	cpu_set_nz(c, v);
	set_flag(c, FLAG_C, wide >> 32);
	set_flag(c, FLAG_V, (~(x ^ y) & (x ^ v)) >> 31);
	return v;
}

uint32_t cpu_subtract(struct cpu *c, uint32_t x, uint32_t y)
{
	return cpu_add(c, x, ~y, true);
}

static void compare(struct cpu *c, uint32_t x, uint32_t y)
{
	c->flags = true;
	cpu_subtract(c, x, y);
}

enum shift { LEFT, RIGHT, ARITHMETIC, ROTATE };

static uint32_t shift(struct cpu *c, enum shift kind, uint32_t v, uint32_t by)
{
	int64_t wide = kind == ARITHMETIC ? (int32_t)v : (int64_t)v;
	uint32_t out = v;

	if (by > 32)
		by = kind == ROTATE ? (by - 1) % 32 + 1 : 33;
	if (by && kind == LEFT) {
		set_flag(c, FLAG_C, by <= 32 && (uint64_t)v << by >> 32 & 1);
		out = by < 32 ? v << by : 0;
	} else if (by && kind == ROTATE) {
		out = v >> by % 32 | v << (32 - by) % 32;
		set_flag(c, FLAG_C, out >> 31);
	} else if (by) {
		set_flag(c, FLAG_C, wide >> (by - 1) & 1);
		out = (uint32_t)(wide >> by);
	}
	cpu_set_nz(c, out);
	return out;
}

uint32_t cpu_load(struct cpu *c, uint32_t address, uint32_t size)
{
	uint32_t v = 0;

	c->wrong |= !vbus_fetch(c->bus, address, size, &v);
	return v;
}

static void store(struct cpu *c, uint32_t address, uint32_t size, uint32_t v)
{
	c->wrong |= !vbus_write(c->bus, address, size, size == 4 ? v : v & ((1u << 8 * size) - 1));
}

uint32_t cpu_extended(uint32_t v, uint32_t bits)
{
	return (v ^ 1u << (bits - 1)) - (1u << (bits - 1));
}

/* Loads from an address that ends on 1 stay in Thumb state; others are no instructions here. */
void cpu_branch_to(struct cpu *c, uint32_t address)
{
	c->wrong |= !(address & 1);
	c->r[PC] = address & ~1u;
}

bool cpu_condition(const struct cpu *c, uint32_t code)
{
	uint32_t f = c->r[XPSR];
	bool n = f & FLAG_N, z = f & FLAG_Z, carry = f & FLAG_C, v = f & FLAG_V, yes;

	switch (code >> 1) {
	case 0: yes = z; break;
	case 1: yes = carry; break;
	case 2: yes = n; break;
	case 3: yes = v; break;
	case 4: yes = carry && !z; break;
	case 5: yes = n == v; break;
	case 6: yes = n == v && !z; break;
	default: return true;
	}
	return yes != (code & 1);
}

static void data_processing(struct cpu *c, uint32_t op, uint32_t d, uint32_t m)
{
	uint32_t *r = c->r, x = r[d], y = r[m];

	switch (op) {
	case 0x0: cpu_set_nz(c, r[d] = x & y); break;
	case 0x1: cpu_set_nz(c, r[d] = x ^ y); break;
	case 0x2: r[d] = shift(c, LEFT, x, y & 0xff); break;
	case 0x3: r[d] = shift(c, RIGHT, x, y & 0xff); break;
	case 0x4: r[d] = shift(c, ARITHMETIC, x, y & 0xff); break;
	case 0x5: r[d] = cpu_add(c, x, y, r[XPSR] & FLAG_C); break;
	case 0x6: r[d] = cpu_add(c, x, ~y, r[XPSR] & FLAG_C); break;
	case 0x7: r[d] = shift(c, ROTATE, x, y & 0xff); break;
	case 0x8: c->flags = true; cpu_set_nz(c, x & y); break;
	case 0x9: r[d] = cpu_subtract(c, 0, y); break;
	case 0xa: compare(c, x, y); break;
	case 0xb: c->flags = true; cpu_add(c, x, y, false); break;
	case 0xc: cpu_set_nz(c, r[d] = x | y); break;
	case 0xd: cpu_set_nz(c, r[d] = x * y); break;
	case 0xe: cpu_set_nz(c, r[d] = x & ~y); break;
	default: cpu_set_nz(c, r[d] = ~y); break;
	}
}

static uint32_t read_high(const struct cpu *c, uint32_t number)
{
	return number == PC ? c->pc + 4 : c->r[number];
}

static void special_data(struct cpu *c, uint32_t i)
{
	uint32_t d = (i & 7) | (i >> 4 & 8), m = i >> 3 & 15, v = read_high(c, m);

	switch (i >> 8 & 3) {
	case 0: c->r[d] = (d == PC ? c->pc + 4 : c->r[d]) + v; break;
	case 1: compare(c, read_high(c, d), v); return;
	case 2: c->r[d] = v; break;
	default:
		if (i & 0x80)
			c->r[LR] = (c->pc + 2) | 1;
		cpu_branch_to(c, v);
		return;
	}
	if (d == PC)
		c->r[PC] &= ~1u;
}

/* Register offset: str, strh, strb, ldrsb, ldr, ldrh, ldrb, ldrsh. */
static void load_store_register(struct cpu *c, uint32_t i)
{
	uint32_t address = c->r[i >> 3 & 7] + c->r[i >> 6 & 7], *t = &c->r[i & 7];

	switch (i >> 9 & 7) {
	case 0: store(c, address, 4, *t); break;
	case 1: store(c, address, 2, *t); break;
	case 2: store(c, address, 1, *t); break;
	case 3: *t = cpu_extended(cpu_load(c, address, 1), 8); break;
	case 4: *t = cpu_load(c, address, 4); break;
	case 5: *t = cpu_load(c, address, 2); break;
	case 6: *t = cpu_load(c, address, 1); break;
	default: *t = cpu_extended(cpu_load(c, address, 2), 16); break;
	}
}

void cpu_load_store(struct cpu *c, bool is_load, uint32_t t, uint32_t address, uint32_t size)
{
	if (is_load)
		c->r[t] = cpu_load(c, address, size);
	else
		store(c, address, size, c->r[t]);
}

static void load_store_immediate(struct cpu *c, uint32_t i)
{
	uint32_t number = i >> 6 & 31, size = i >> 12 == 8 ? 2 : i >> 12 & 1 ? 1 : 4;

	cpu_load_store(c, i & 0x0800, i & 7, c->r[i >> 3 & 7] + number * size, size);
}

static void push_or_pop(struct cpu *c, uint32_t i)
{
	bool pop = i & 0x0800;
	uint32_t count = (uint32_t)__builtin_popcount(i & 0x1ff), at = pop ? c->r[SP] : c->r[SP] - 4 * count;

	c->r[SP] = pop ? at + 4 * count : at;
	for (uint32_t n = 0; n < 9; n++) {
		if (!(i >> n & 1))
			continue;
		if (n < 8)
			cpu_load_store(c, pop, n, at, 4);
		else if (pop)
			cpu_branch_to(c, cpu_load(c, at, 4));
		else
			store(c, at, 4, c->r[LR]);
		at += 4;
	}
}

static void halt_at_breakpoint(struct cpu *c)
{
	struct vcore *core = &c->bus->core;

	c->r[PC] = c->pc;
	core->halted = core->debug;
	core->dfsr |= DFSR_BREAKPOINT;
	c->wrong |= !core->debug;
}

static void extend(struct cpu *c, uint32_t i)
{
	uint32_t v = c->r[i >> 3 & 7], *d = &c->r[i & 7];

	switch (i >> 6 & 3) {
	case 0: *d = cpu_extended(v & 0xffff, 16); break;
	case 1: *d = cpu_extended(v & 0xff, 8); break;
	case 2: *d = v & 0xffff; break;
	default: *d = v & 0xff; break;
	}
}

static void miscellaneous(struct cpu *c, uint32_t i)
{
	struct vcore *core = &c->bus->core;

	if ((i & 0xff00) == 0xbe00)
		halt_at_breakpoint(c);
	else if ((i & 0xff00) == 0xbf00)
		core->it = i & 0xf ? i & 0xff : core->it;	/* hints do nothing */
	else if ((i & 0xf500) == 0xb100)
		c->r[PC] = (c->r[i & 7] != 0) == (i >> 11 & 1) ? c->pc + 4 + ((i >> 2 & 0x3e) | (i >> 3 & 0x40)) : c->r[PC];
	else if ((i & 0xf600) == 0xb400)
		push_or_pop(c, i);
	else if ((i & 0xff00) == 0xb000)
		c->r[SP] += (i & 0x80 ? 0u - (i & 0x7f) : i & 0x7f) * 4;
	else if ((i & 0xff00) == 0xb200)
		extend(c, i);
	else if ((i & 0xffc0) == 0xba00)
		c->r[i & 7] = __builtin_bswap32(c->r[i >> 3 & 7]);
	else
		c->wrong |= (i & 0xffe8) != 0xb660;	/* cpsie and cpsid: there are no interrupts */
}

static void multiple(struct cpu *c, uint32_t i)
{
	uint32_t base = i >> 8 & 7, at = c->r[base];
	bool is_load = i & 0x0800;

	for (uint32_t n = 0; n < 8; n++)
		if (i >> n & 1) {
			cpu_load_store(c, is_load, n, at, 4);
			at += 4;
		}
	if (!is_load || !(i >> base & 1))
		c->r[base] = at;
}

static void shift_add_subtract(struct cpu *c, uint32_t i)
{
	uint32_t n = i >> 6 & 31, m = c->r[i >> 3 & 7], *d = &c->r[i & 7];

	if (i >> 11 < 3) {
		*d = shift(c, (enum shift)(i >> 11), m, n || i >> 11 == LEFT ? n : 32);
		return;
	}
	uint32_t y = i & 0x0400 ? n & 7 : c->r[n & 7];
	*d = i & 0x0200 ? cpu_subtract(c, m, y) : cpu_add(c, m, y, false);
}

static void immediate(struct cpu *c, uint32_t i)
{
	uint32_t *d = &c->r[i >> 8 & 7], v = i & 0xff;

	switch (i >> 11 & 3) {
	case 0: cpu_set_nz(c, *d = v); break;
	case 1: compare(c, *d, v); break;
	case 2: *d = cpu_add(c, *d, v, false); break;
	default: *d = cpu_subtract(c, *d, v); break;
	}
}

static void conditional_branch(struct cpu *c, uint32_t i)
{
	uint32_t code = i >> 8 & 15;

	if (code >= 14)
		c->wrong = true;	/* svc, udf: nobody is there to handle them */
	else if (cpu_condition(c, code))
		c->r[PC] = c->pc + 4 + cpu_extended((i & 0xff) << 1, 9);
}

static void narrow(struct cpu *c, uint32_t i)
{
	switch (i >> 12) {
	case 0: case 1: shift_add_subtract(c, i); break;
	case 2: case 3: immediate(c, i); break;
	case 4:
		if (i & 0x0800)
			c->r[i >> 8 & 7] = cpu_load(c, ((c->pc + 4) & ~3u) + 4 * (i & 0xff), 4);
		else if (i & 0x0400)
			special_data(c, i);
		else
			data_processing(c, i >> 6 & 15, i & 7, i >> 3 & 7);
		break;
	case 5: load_store_register(c, i); break;
	case 6: case 7: case 8: load_store_immediate(c, i); break;
	case 9: cpu_load_store(c, i & 0x0800, i >> 8 & 7, c->r[SP] + 4 * (i & 0xff), 4); break;
	case 10: c->r[i >> 8 & 7] = (i & 0x0800 ? c->r[SP] : (c->pc + 4) & ~3u) + 4 * (i & 0xff); break;
	case 11: miscellaneous(c, i); break;
	case 12: multiple(c, i); break;
	case 13: conditional_branch(c, i); break;
	default: c->r[PC] = c->pc + 4 + cpu_extended((i & 0x7ff) << 1, 12); break;
	}
}

/* Is this instruction one that an IT block leaves out?  The block moves on. */
static bool left_out(struct cpu *c, uint32_t it)
{
	struct vcore *core = &c->bus->core;

	if (!it)
		return false;
	core->it = it & 7 ? (uint8_t)((it & 0xe0) | (it << 1 & 0x1f)) : 0;
	return !cpu_condition(c, it >> 4);
}

static void step(struct cpu *c)
{
	uint32_t it = c->bus->core.it;

	c->pc = c->r[PC];
	c->flags = !it;
	if (vcore_breaks(&c->bus->core, c->pc)) {
		halt_at_breakpoint(c);
		return;
	}
	uint32_t i = cpu_load(c, c->pc, 2);
	bool is_wide = i >> 11 >= 0x1d;
	uint32_t j = is_wide ? cpu_load(c, c->pc + 2, 2) : 0;

	c->r[PC] = c->pc + (is_wide ? 4 : 2);
	if (c->wrong || left_out(c, it))
		return;
	if (is_wide)
		cpu_wide(c, i, j);
	else
		narrow(c, i);
}

void vthumb_run(struct vbus *b, unsigned instructions)
{
	struct cpu c = { .bus = b, .r = b->core.reg };

	while (instructions-- && !b->core.halted && !b->core.locked_up) {
		step(&c);
		c.r[MSP] = c.r[SP];
		if (c.wrong) {
			c.r[PC] = c.pc;
			b->core.locked_up = true;
		}
	}
}
