/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An instruction is visited again when a path brings a deeper stack or a register that is no longer known; both can happen
 * only so often.
 */
#include "stackwalk.h"

#include <stdlib.h>
#include <string.h>

#include "thumb.h"

enum { REGISTERS = 13, DEPTH_MAX = 1 << 20, VISITS_MAX = 64, TABLE_MAX = 1024 };

enum knows { NOTHING, CONSTANT, ON_STACK };	/* ON_STACK: value bytes above where sp was at the function's entry */

struct known { uint32_t value; uint8_t knows; };
struct state { uint32_t depth; struct known r[REGISTERS]; uint8_t visits; bool waits, conditional; };

struct walking {
	const struct code *code;
	uint32_t start, end;
	stack_helper *helper;
	const void *context;
	struct arena *arena;
	struct stack_walk *out;
	struct state *states;	/* for each half-word */
	uint32_t *todo, todo_count;
};

bool code_word(const struct code *c, uint32_t address, uint32_t *out)
{
	const struct bytes *in = address >= c->data_base ? &c->data : &c->text;
	uint32_t at = address - (in == &c->data ? c->data_base : c->text_base);

	if (at % 4 || at > in->size || in->size - at < 4)
		return false;
	*out = bytes_u32(in->at + at);
	return true;
}

bool code_has(const struct code *c, uint32_t address)
{
	uint32_t at = address - c->text_base;

	return at < c->text.size && !c->is_data[at / 2];
}

static struct state *state_at(const struct walking *w, uint32_t at)
{
	return &w->states[(at - w->start) / 2];
}

static struct stack_call *add_call(struct walking *w, const struct state *s, uint32_t at, uint32_t target)
{
	struct stack_call *c = NULL;

	for (size_t i = 0; i < w->out->calls.count && !c; i++) {
		struct stack_call *old = w->out->calls.at[i];

		c = old->at == at && old->target == target ? old : NULL;
	}
	if (!c) {
		c = arena_new(w->arena, struct stack_call);
		list_push(&w->out->calls, w->arena, c);
	}
	c->at = at;
	c->target = target;
	if (s->depth > c->depth)
		c->depth = s->depth;
	for (int i = 0; i < 4; i++)
		c->argument[i] = s->r[i].knows == CONSTANT ? s->r[i].value : 0;
	return c;
}

/* A path comes to `at` in this state. */
static void reach(struct walking *w, const struct state *from, uint32_t at)
{
	bool is_first, changed = false;

	if (at < w->start || at >= w->end) {
		add_call(w, from, at, at)->is_last = true;
		return;
	}
	if (!code_has(w->code, at))
		return;
	struct state *to = state_at(w, at);
	is_first = !to->visits && !to->waits;
	for (int i = 0; i < REGISTERS; i++) {
		if (is_first || to->r[i].knows == NOTHING || (to->r[i].knows == from->r[i].knows && to->r[i].value == from->r[i].value))
			continue;
		to->r[i] = (struct known){ 0 };
		changed = true;
	}
	if (is_first)
		memcpy(to->r, from->r, sizeof(to->r));
	if (from->depth > to->depth || is_first) {
		to->depth = from->depth;
		changed = true;
	}
	if (changed && !to->waits && to->visits < VISITS_MAX) {
		to->waits = true;
		w->todo[w->todo_count++] = at;
	} else if (changed && !to->waits) {
		w->out->is_variable = true;
	}
}

static void take_address(struct walking *w, uint32_t value)
{
	uint32_t address = value & ~UINT32_C(1);

	if (!(value & 1) || !code_has(w->code, address))
		return;
	for (size_t i = 0; i < w->out->taken.count; i++)
		if (*(uint32_t *)w->out->taken.at[i] == address)
			return;
	uint32_t *kept = arena_new(w->arena, uint32_t);
	*kept = address;
	list_push(&w->out->taken, w->arena, kept);
}

static struct known value_of(const struct state *s, uint8_t reg, uint32_t plus)
{
	struct known k = { 0 };

	if (reg == 13)
		k = (struct known){ -s->depth, ON_STACK };
	else if (reg < REGISTERS)
		k = s->r[reg];
	k.value += plus;
	return k;
}

static void move_stack(struct walking *w, struct state *s, uint32_t by, bool conditional)
{
	uint32_t depth = s->depth - by;

	if ((int32_t)depth < 0)
		depth = 0;
	if (depth > DEPTH_MAX) {
		w->out->is_variable = true;
		return;
	}
	if (!conditional || depth > s->depth)
		s->depth = depth;
	if (s->depth > w->out->deepest)
		w->out->deepest = s->depth;
}

static struct known load(struct walking *w, uint32_t address)
{
	uint32_t value;

	if (!code_word(w->code, address, &value))
		return (struct known){ 0 };
	if (address >= w->code->data_base)
		take_address(w, value);
	return (struct known){ value, CONSTANT };
}

static void apply(struct walking *w, const struct thumb *t, struct state *s, bool conditional)
{
	struct known k = { 0 }, from = value_of(s, t->from, 0);

	switch (t->act) {
	case THUMB_STACK: move_stack(w, s, t->value, conditional); break;
	case THUMB_STACK_FROM:
		if (from.knows == ON_STACK)
			move_stack(w, s, from.value + t->value + s->depth, conditional);
		else
			w->out->is_variable = true;
		break;
	case THUMB_STACK_BY:
		if (from.knows == CONSTANT)
			move_stack(w, s, t->value ? -from.value : from.value, conditional);
		else
			w->out->is_variable = true;
		break;
	case THUMB_SET: k = (struct known){ t->value, CONSTANT }; break;
	case THUMB_TOP: k = (struct known){ (value_of(s, t->to, 0).value & 0xffff) | t->value << 16, value_of(s, t->to, 0).knows }; break;
	case THUMB_LITERAL: k = load(w, t->value); break;
	case THUMB_LOAD: k = load(w, w->code->data_base + t->value); break;
	case THUMB_LOAD_BY:
		if (from.knows == CONSTANT)
			k = load(w, w->code->data_base + from.value);
		break;
	case THUMB_COPY: k = value_of(s, t->from, t->value); break;
	}
	for (int i = 0; i < REGISTERS; i++)
		if (t->writes & 1u << i)
			s->r[i] = (struct known){ 0 };
	if (t->act >= THUMB_SET && t->to < REGISTERS)
		s->r[t->to] = conditional ? (struct known){ 0 } : k;
}

/* Read entries until they reach where they lead. */
static void follow_table(struct walking *w, const struct state *s, uint32_t table, char kind)
{
	uint32_t size = kind == 'w' ? 4 : kind == 'h' || kind == 'H' ? 2 : 1, least = w->end;

	for (uint32_t i = 0; i < TABLE_MAX && table + (i + 1) * size <= least; i++) {
		const uint8_t *e = w->code->text.at + (table + i * size - w->code->text_base);
		uint32_t v = kind == 'w' ? bytes_u32(e) : size == 2 ? bytes_u16(e) : *e;
		uint32_t to = kind == 'w' ? (table & ~1u) + v : table + 2 * (kind == 'b' ? (uint32_t)(int8_t)v : kind == 'h' ? (uint32_t)(int16_t)v : v);

		if (to < w->start || to >= w->end || to & 1)
			break;
		if (to > table && to < least)
			least = to;
		reach(w, s, to);
	}
}

static void call(struct walking *w, struct state *s, uint32_t at, const struct thumb *t)
{
	struct known k = value_of(s, t->from, 0);
	bool by_pointer = t->flow != THUMB_CALL, jumps = t->flow == THUMB_JUMP_REGISTER;
	uint32_t next = at + t->size;
	char entries = by_pointer ? 0 : w->helper(w->context, t->target);

	if (entries)	/* entries lie behind the call; of words, behind the next multiple of four */
		follow_table(w, s, entries == 'w' ? (next + 3) & ~3u : next, entries);
	if (entries || (by_pointer && k.knows == CONSTANT && !k.value))	/* a weak function that is not there */
		goto done;
	struct stack_call *c = add_call(w, s, at, by_pointer ? k.knows == CONSTANT ? k.value & ~1u : 0 : t->target);
	c->by_pointer = by_pointer && !c->target;
	c->is_last = jumps;
done:
	for (int i = 0; i < 4; i++)
		s->r[i] = (struct known){ 0 };
	s->r[12] = (struct known){ 0 };
	if (!entries && !jumps && next < w->end)
		reach(w, s, next);
}

static void visit(struct walking *w, uint32_t at)
{
	struct state s = *state_at(w, at);
	struct thumb t = thumb_decode(w->code->text, w->code->text_base, at - w->code->text_base);
	bool conditional = state_at(w, at)->conditional;
	uint32_t next = at + t.size;

	if (!t.size) {
		w->out->is_lost = true;
		return;
	}
	for (uint32_t i = 0, then = next; i < t.conditions && then < w->end; i++) {
		struct thumb follows = thumb_decode(w->code->text, w->code->text_base, then - w->code->text_base);

		state_at(w, then)->conditional = true;
		then += follows.size ? follows.size : 2;
	}
	struct state before = s;
	apply(w, &t, &s, conditional);
	switch (t.flow) {
	case THUMB_CALL: case THUMB_CALL_REGISTER: case THUMB_JUMP_REGISTER: call(w, &s, at, &t); break;
	case THUMB_JUMP: case THUMB_BRANCH: reach(w, &s, t.target); break;
	case THUMB_BYTES: follow_table(w, &s, next, 'B'); break;
	case THUMB_HALVES: follow_table(w, &s, next, 'H'); break;
	case THUMB_COMPUTED: w->out->is_lost = true; break;
	}
	if (t.flow == THUMB_NEXT || t.flow == THUMB_BRANCH)
		reach(w, &s, next);
	else if (conditional)
		reach(w, &before, next);
}

void stack_walk(const struct code *c, uint32_t start, uint32_t end, stack_helper *helper, const void *context, struct arena *a, struct stack_walk *out)
{
	struct walking w = { .code = c, .start = start, .end = end, .helper = helper, .context = context, .arena = a, .out = out };
	struct state entry = { 0 };
	struct arena own = { 0 };

	*out = (struct stack_walk){ 0 };
	w.states = arena_array(&own, struct state, (end - start) / 2 + 1);
	w.todo = arena_array(&own, uint32_t, (end - start) / 2 + 1);
	reach(&w, &entry, start);
	while (w.todo_count) {
		uint32_t at = w.todo[--w.todo_count];
		struct state *s = state_at(&w, at);

		s->waits = false;
		s->visits++;
		visit(&w, at);
	}
	arena_done(&own);
}
