/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings are those of the Armv6-M, v7-M and v8-M reference manuals, chapter "The Thumb Instruction Set Encoding". */
#include "thumb.h"

enum { R9 = 9, SP = 13, LR = 14, PC = 15 };

static uint32_t bits(uint32_t v, unsigned high, unsigned low)
{
	return v >> low & ((2u << (high - low)) - 1);
}

static uint32_t extend(uint32_t v, unsigned sign)
{
	return (v ^ 1u << sign) - (1u << sign);
}

static uint32_t words(uint32_t list)
{
	return 4 * (uint32_t)__builtin_popcount(list);
}

static uint32_t rotate(uint32_t v, unsigned by)
{
	return by ? v >> by | v << (32 - by) : v;
}

/* ThumbExpandImm. */
static uint32_t expand(uint32_t imm)
{
	uint32_t low = imm & 0xff;

	if (imm >> 10)
		return rotate(0x80 | (imm & 0x7f), imm >> 7);
	switch (imm >> 8) {
	case 1: return low << 16 | low;
	case 2: return low << 24 | low << 8;
	case 3: return low << 24 | low << 16 | low << 8 | low;
	default: return low;
	}
}

static void act(struct thumb *t, enum thumb_act what, uint32_t to, uint32_t from, uint32_t value)
{
	t->act = (uint8_t)what;
	t->to = (uint8_t)to;
	t->from = (uint8_t)from;
	t->value = value;
}

/* to = from + value, whichever of them is the stack pointer. */
static void sum(struct thumb *t, uint32_t to, uint32_t from, uint32_t value)
{
	if (to == SP && from == SP)
		act(t, THUMB_STACK, 0, 0, value);
	else
		act(t, to == SP ? THUMB_STACK_FROM : THUMB_COPY, to, from, value);
}

static void go(struct thumb *t, enum thumb_flow flow, uint32_t target)
{
	t->flow = (uint8_t)flow;
	t->target = target;
}

/* Through a register: back, or who knows. */
static void go_by(struct thumb *t, enum thumb_flow flow, uint32_t from)
{
	t->flow = (uint8_t)(flow == THUMB_JUMP_REGISTER && from == LR ? THUMB_RETURN : flow);
	t->from = (uint8_t)from;
}

/* add, cmp, mov of any registers; bx and blx. */
static void high_registers(struct thumb *t, uint32_t h)
{
	uint32_t to = bits(h, 7, 7) << 3 | bits(h, 2, 0), from = bits(h, 6, 3);

	t->writes = (uint16_t)(1u << to);
	switch (bits(h, 9, 8)) {
	case 0:
		if (to == SP)
			act(t, THUMB_STACK_BY, 0, from, 0);
		break;
	case 1:
		t->writes = 0;
		break;
	case 2:
		if (to == PC)
			go_by(t, THUMB_JUMP_REGISTER, from);
		else
			sum(t, to, from, 0);
		break;
	default:
		t->writes = 0;
		go_by(t, bits(h, 7, 7) ? THUMB_CALL_REGISTER : THUMB_JUMP_REGISTER, from);
	}
}

static void miscellaneous(struct thumb *t, uint32_t h, uint32_t pc)
{
	t->writes = (uint16_t)(1u << bits(h, 2, 0));
	if ((h & 0xff80) == 0xb000)
		act(t, THUMB_STACK, 0, 0, 4 * bits(h, 6, 0));
	else if ((h & 0xff80) == 0xb080)
		act(t, THUMB_STACK, 0, 0, -4 * bits(h, 6, 0));
	else if ((h & 0xfe00) == 0xb400)
		act(t, THUMB_STACK, 0, 0, -words(h & 0x1ff));
	else if ((h & 0xfe00) == 0xbc00) {
		act(t, THUMB_STACK, 0, 0, words(h & 0x1ff));
		t->writes = h & 0xff;
		go(t, h & 0x100 ? THUMB_RETURN : THUMB_NEXT, 0);
	} else if ((h & 0xf500) == 0xb100)
		go(t, THUMB_BRANCH, pc + (bits(h, 9, 9) << 6 | bits(h, 7, 3) << 1));
	else if ((h & 0xff00) == 0xbf00 && h & 0xf)
		t->conditions = (uint8_t)(4 - __builtin_ctz(h & 0xf));
}

static void narrow(struct thumb *t, uint32_t h, uint32_t pc)
{
	uint32_t to = bits(h, 10, 8);

	t->size = 2;
	t->writes = (uint16_t)(1u << bits(h, 2, 0));
	switch (h >> 11) {
	case 0x04:	/* mov to, #value */
		act(t, THUMB_SET, to, 0, h & 0xff);
		break;
	case 0x05: case 0x06: case 0x07:
		t->writes = (uint16_t)(1u << to);
		break;
	case 0x08:
		if (h & 0x400)
			high_registers(t, h);
		break;
	case 0x09:
		act(t, THUMB_LITERAL, to, 0, (pc & ~3u) + 4 * (h & 0xff));
		break;
	case 0x13: case 0x14:	/* ldr from the stack; adr */
		t->writes = (uint16_t)(1u << to);
		break;
	case 0x15:
		act(t, THUMB_COPY, to, SP, 4 * (h & 0xff));
		break;
	case 0x16: case 0x17:
		miscellaneous(t, h, pc);
		break;
	case 0x18: case 0x19:	/* stm, ldm */
		t->writes = (uint16_t)(1u << to | (h & 0x800 ? h & 0xff : 0));
		break;
	case 0x1a: case 0x1b:
		if (bits(h, 11, 8) < 14)
			go(t, THUMB_BRANCH, pc + extend(bits(h, 7, 0) << 1, 8));
		else
			go(t, bits(h, 11, 8) == 14 ? THUMB_STOP : THUMB_NEXT, 0);
		if (bits(h, 11, 8) == 15)
			t->writes = 0x100f;
		break;
	case 0x1c:
		go(t, THUMB_JUMP, pc + extend(bits(h, 10, 0) << 1, 11));
		break;
	}
}

static void branches(struct thumb *t, uint32_t h, uint32_t k, uint32_t pc)
{
	uint32_t sign = bits(h, 10, 10), j1 = bits(k, 13, 13), j2 = bits(k, 11, 11);
	uint32_t far = sign << 24 | !(j1 ^ sign) << 23 | !(j2 ^ sign) << 22 | bits(h, 9, 0) << 12 | bits(k, 10, 0) << 1;
	uint32_t near = sign << 20 | j2 << 19 | j1 << 18 | bits(h, 5, 0) << 12 | bits(k, 10, 0) << 1;

	t->writes = 0;
	if ((k & 0xd000) == 0xd000)
		go(t, THUMB_CALL, pc + extend(far, 24));
	else if ((k & 0xd000) == 0x9000)
		go(t, THUMB_JUMP, pc + extend(far, 24));
	else if ((k & 0xd000) == 0x8000 && bits(h, 9, 7) != 7)
		go(t, THUMB_BRANCH, pc + extend(near, 20));
	else if ((h & 0xfff0) == 0xf7f0 && (k & 0xf000) == 0xa000)
		go(t, THUMB_STOP, 0);
}

/* add and sub of a constant, movw, movt. */
static void immediates(struct thumb *t, uint32_t h, uint32_t k)
{
	uint32_t from = bits(h, 3, 0), to = bits(k, 11, 8), imm = bits(h, 10, 10) << 11 | bits(k, 14, 12) << 8 | bits(k, 7, 0);

	t->writes = (uint16_t)(1u << to);
	switch (h & 0xfbf0) {
	case 0xf100: case 0xf110: sum(t, to, from, expand(imm)); break;
	case 0xf1a0: case 0xf1b0: sum(t, to, from, -expand(imm)); break;
	case 0xf200: if (from != PC) sum(t, to, from, imm); break;
	case 0xf2a0: if (from != PC) sum(t, to, from, -imm); break;
	}
	if ((h & 0xfbf0) == 0xf240)
		act(t, THUMB_SET, to, 0, from << 12 | imm);
	if ((h & 0xfbf0) == 0xf2c0)
		act(t, THUMB_TOP, to, 0, from << 12 | imm);
	if (to == PC && t->act == THUMB_COPY)	/* cmp and cmn write nothing */
		t->act = THUMB_NOTHING;
}

/* ldm, stm, ldrd, strd, tbb, tbh. */
static void multiples(struct thumb *t, uint32_t h, uint32_t k)
{
	uint32_t base = bits(h, 3, 0);
	bool loads = h & 0x10, adds = h & 0x80, writes_back = h & 0x20;

	t->writes = (uint16_t)(1u << base | 1u << bits(k, 15, 12) | 1u << bits(k, 11, 8));
	if ((h & 0xfff0) == 0xe8d0 && (k & 0xffe0) == 0xf000) {
		t->flow = base == PC ? (k & 0x10 ? THUMB_HALVES : THUMB_BYTES) : THUMB_COMPUTED;
		t->writes = 0;
	} else if (h & 0x40) {
		if (base == SP && writes_back)
			act(t, THUMB_STACK, 0, 0, adds ? 4 * (k & 0xff) : -4 * (k & 0xff));
	} else {
		t->writes = (uint16_t)(1u << base | (loads ? k : 0));
		if (base == SP && writes_back)
			act(t, THUMB_STACK, 0, 0, adds ? words(k) : -words(k));
		if (loads && k & 0x8000)
			t->flow = base == SP ? THUMB_RETURN : THUMB_COMPUTED;
	}
	t->writes &= (uint16_t)~(1u << SP);
}

/* Loads and stores of one register. */
static void single(struct thumb *t, uint32_t h, uint32_t k, uint32_t pc)
{
	uint32_t base = bits(h, 3, 0), to = bits(k, 15, 12);
	bool word_load = (h & 0xff70) == 0xf850, imm12 = h & 0x80, indexed = !imm12 && base != PC && k & 0x800 && k & 0x100;

	t->writes = (uint16_t)((h & 0x10 ? 1u << to : 0) | (indexed ? 1u << base : 0));
	if (indexed && base == SP)
		act(t, THUMB_STACK, 0, 0, k & 0x200 ? k & 0xff : -(k & 0xff));
	if (word_load && base == PC)
		act(t, THUMB_LITERAL, to, 0, imm12 ? (pc & ~3u) + bits(k, 11, 0) : (pc & ~3u) - bits(k, 11, 0));
	else if (word_load && base == R9 && imm12)
		act(t, THUMB_LOAD, to, 0, bits(k, 11, 0));
	else if (word_load && base == R9 && !(k & 0xff0))
		act(t, THUMB_LOAD_BY, to, bits(k, 3, 0), 0);
	if (word_load && to == PC)
		t->flow = base == SP ? THUMB_RETURN : THUMB_COMPUTED;
}

static void wide(struct thumb *t, uint32_t h, uint32_t k, uint32_t pc)
{
	uint32_t count = 4 * (k & 0xff), to = bits(k, 11, 8);

	t->size = 4;
	t->writes = (uint16_t)(1u << bits(k, 15, 12) | 1u << to);
	if ((h & 0xf800) == 0xf000 && k & 0x8000)
		branches(t, h, k, pc);
	else if ((h & 0xf800) == 0xf000)
		immediates(t, h, k);
	else if ((h & 0xfe00) == 0xe800)
		multiples(t, h, k);
	else if ((h & 0xfe00) == 0xf800)
		single(t, h, k, pc);
	else if ((h & 0xffbf) == 0xed2d && (k & 0xe00) == 0xa00)
		act(t, THUMB_STACK, 0, 0, -count);
	else if ((h & 0xffbf) == 0xecbd && (k & 0xe00) == 0xa00)
		act(t, THUMB_STACK, 0, 0, count);
	else if (((h & 0xffe0) == 0xeba0 || (h & 0xffe0) == 0xeb00) && to == SP && bits(h, 3, 0) == SP)
		act(t, THUMB_STACK_BY, 0, (k & 0x70f0) ? PC : bits(k, 3, 0), h & 0x80);
	else if ((h & 0xffef) == 0xea4f && !(k & 0x70f0))
		sum(t, to, bits(k, 3, 0), 0);
}

struct thumb thumb_decode(struct bytes text, uint32_t base, uint32_t at)
{
	struct thumb t = { 0 };

	if (at & 1 || at > text.size || text.size - at < 2)
		return t;
	uint32_t h = text.at[at] | (uint32_t)text.at[at + 1] << 8, pc = base + at + 4;

	if (h >> 11 < 0x1d) {
		narrow(&t, h, pc);
	} else if (text.size - at >= 4) {
		wide(&t, h, text.at[at + 2] | (uint32_t)text.at[at + 3] << 8, pc);
	}
	return t;
}
