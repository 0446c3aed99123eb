/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions that call each other in a circle are one group (Tarjan's strongly connected components).  Of a group each member
 * counts once; that this is not all it can need is said.  What is behind a call by pointer is the worst of what it may hold.
 */
#include "stackuse.h"

#include <string.h>

#include "stackgraph.h"

enum {
	SAVED = 64, SAVED_FPU = 200,	/* docs/abi.md, "Threads" */
	BIRTH = 16,			/* struct birth of sdk/lib/thread.c, at the top of a thread's stack */
};

struct stack_group {
	struct list members;
	uint32_t inside;		/* all members once, from one to the next */
	bool by_pointer;		/* the circle may be one of pointers only */
};

struct using {
	struct stack_graph graph;
	struct arena *arena;
	struct list waiting;
	uint32_t order;
};

static bool has_word(const char *words, const char *name)
{
	size_t size = strcspn(name, ".");	/* locked_put.part.0 */

	while (*words) {
		size_t next = strcspn(words, " ");

		if (next == size && !strncmp(words, name, size))
			return true;
		words += next + (words[next] == ' ');
	}
	return false;
}

/* What a function of the SDK may call by pointer; NULL: anything. */
static const char *points_to(const struct stack_function *f)
{
	static const struct { const char *caller, *names; } rows[] = {
#define POINTS(caller, names) { caller, names },
#define HANDS(name, argument, caller)
#include "stack_pointers.def"
#undef POINTS
#undef HANDS
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (has_word(rows[i].caller, f->name))
			return rows[i].names;
	return NULL;
}

/* Is one of the words "own:" and this type, or may it be, as it is not known? */
static bool has_type(const char *words, const char *type)
{
	static const char mark[] = "own:";

	for (const char *at = words; (at = strstr(at, mark)); ) {
		at += sizeof(mark) - 1;
		if (!type || (!strncmp(at, type, strlen(type)) && (at[strlen(type)] == ' ' || !at[strlen(type)])))
			return true;
	}
	return false;
}

static bool may_point(const struct stack_function *from, const struct stack_function *to)
{
	const char *names = from->is_own ? NULL : points_to(from);

	for (size_t i = 0; i < to->callers.count; i++)
		if (has_word(to->callers.at[i], from->name))
			return true;
	if (from->is_own)
		return to->is_handed_by_own;
	if (!names)
		return to->is_handed_by_sdk || (to->is_handed_to_sdk && to->is_own);
	return (to->is_handed_by_sdk && has_word(names, to->name)) || (to->is_handed_by_own && to->is_own && has_type(names, to->type));
}

/* The next function that a call may be of, behind `at`; NULL: no more. */
static struct stack_function *callee(const struct using *u, const struct stack_function *f, const struct stack_call *c, size_t *at)
{
	if (!c->by_pointer)
		return (*at)++ ? NULL : stack_function_at(&u->graph, c->target);
	while (*at < u->graph.functions.count) {
		struct stack_function *to = u->graph.functions.at[(*at)++];

		if (may_point(f, to))
			return to;
	}
	return NULL;
}

static void consider(struct stack_function *f, const struct stack_call *c, struct stack_function *to, uint32_t need)
{
	if (need <= f->need && f->deepest)
		return;
	f->need = need > f->need ? need : f->need;
	f->deepest_call = c;
	f->deepest = to;
}

/* All that the members call outside of their group is known: so is what each of them needs. */
static void close_group(struct using *u, struct stack_group *g)
{
	struct stack_function *worst = NULL;

	g->by_pointer = true;
	for (size_t i = 0; i < g->members.count; i++) {
		struct stack_function *f = g->members.at[i];
		uint32_t inside = 0, circle = 0;

		f->need = f->walk.deepest;
		for (size_t k = 0; k < f->walk.calls.count; k++) {
			const struct stack_call *c = f->walk.calls.at[k];
			struct stack_function *to;

			for (size_t at = 0; (to = callee(u, f, c, &at)); ) {
				if (to->group == g) {
					inside = c->depth > inside ? c->depth : inside;
					circle++;
					g->by_pointer &= c->by_pointer || g->members.count > 1;
				} else if (c->depth + to->need > f->need) {
					consider(f, c, to, c->depth + to->need);
				}
			}
		}
		g->inside += circle ? inside : 0;
		if (!worst || f->need > worst->need)
			worst = f;
	}
	for (size_t i = 0; g->inside && i < g->members.count; i++) {
		struct stack_function *f = g->members.at[i];

		if (f != worst)
			f->deepest = NULL;
		f->need = g->inside + worst->need;
	}
}

static void visit(struct using *u, struct stack_function *f)
{
	f->order = f->low = ++u->order;
	f->is_waiting = true;
	list_push(&u->waiting, u->arena, f);
	for (size_t k = 0; k < f->walk.calls.count; k++) {
		const struct stack_call *c = f->walk.calls.at[k];
		struct stack_function *to;

		for (size_t at = 0; (to = callee(u, f, c, &at)); ) {
			if (!to->order)
				visit(u, to);
			if (to->is_waiting && to->low < f->low)
				f->low = to->low;
		}
	}
	if (f->low != f->order)
		return;
	struct stack_group *g = arena_new(u->arena, struct stack_group);
	struct stack_function *one;

	do {
		one = u->waiting.at[--u->waiting.count];
		one->is_waiting = false;
		one->group = g;
		list_push(&g->members, u->arena, one);
	} while (one != f);
	close_group(u, g);
}

static bool is_circle(const struct using *u, const struct stack_function *f)
{
	struct stack_function *to;

	if (f->group->members.count > 1)
		return true;
	for (size_t k = 0; k < f->walk.calls.count; k++)
		for (size_t at = 0; (to = callee(u, f, f->walk.calls.at[k], &at)); )
			if (to == f)
				return true;
	return false;
}

static void doubt(struct using *u, struct stack_use *s, bool bounded, const char *text)
{
	for (size_t i = 0; i < s->doubts.count; i++)
		if (!strcmp(s->doubts.at[i], text))
			return;
	list_push(&s->doubts, u->arena, (void *)text);
	s->is_bounded &= bounded;
}

static void doubt_group(struct using *u, struct stack_use *s, const struct stack_group *g)
{
	struct text names = { 0 };

	for (size_t i = 0; i < g->members.count; i++)
		text_add(&names, u->arena, "%s%s", i ? ", " : "", ((const struct stack_function *)g->members.at[i])->name);
	doubt(u, s, false, g->members.count == 1 ? arena_printf(u->arena, "%s calls itself: counted once", names.at) :
	      arena_printf(u->arena, "%s call each other%s: each counted once", names.at, g->by_pointer ? ", perhaps, by pointers" : ""));
}

static void doubt_pointers(struct using *u, struct stack_use *s, const struct stack_function *f)
{
	const struct stack_call *by = NULL;
	struct stack_function *to, *worst = NULL;
	size_t count = 0;

	for (size_t k = 0; k < f->walk.calls.count && !by; k++)
		by = ((const struct stack_call *)f->walk.calls.at[k])->by_pointer ? f->walk.calls.at[k] : NULL;
	for (size_t at = 0; by && (to = callee(u, f, by, &at)); count++)
		worst = worst && worst->need >= to->need ? worst : to;
	if (by && worst)
		doubt(u, s, true, arena_printf(u->arena, "%s calls by a pointer: of %zu that it may hold the worst, %s", f->name, count, worst->name));
	else if (by && f->is_own)
		doubt(u, s, false, arena_printf(u->arena, "%s calls by a pointer, and nothing is known that it may hold", f->name));
}

/* What is to be said of all that may run on this stack. */
static void collect(struct using *u, struct stack_use *s, const struct stack_function *from)
{
	struct list todo = { 0 };
	uint8_t *seen = arena_take(u->arena, u->order + 1);

	list_push(&todo, u->arena, (void *)from);
	seen[from->order] = 1;
	for (size_t i = 0; i < todo.count; i++) {
		const struct stack_function *f = todo.at[i];
		struct stack_function *to;

		if (f->walk.is_variable)
			doubt(u, s, false, arena_printf(u->arena, "the frame of %s depends on a value (alloca, or an array of variable length)", f->name));
		if (f->walk.is_lost)
			doubt(u, s, false, arena_printf(u->arena, "%s goes on where its code does not say", f->name));
		doubt_pointers(u, s, f);
		if (f->group->members.at[0] == f && is_circle(u, f))
			doubt_group(u, s, f->group);
		for (size_t k = 0; k < f->walk.calls.count; k++)
			for (size_t at = 0; (to = callee(u, f, f->walk.calls.at[k], &at)); )
				if (!seen[to->order]) {
					seen[to->order] = 1;
					list_push(&todo, u->arena, to);
				}
	}
}

static void push_step(struct using *u, struct stack_use *s, const char *name, uint32_t bytes, bool by_pointer)
{
	struct stack_step *step = arena_new(u->arena, struct stack_step);

	*step = (struct stack_step){ name, bytes, by_pointer };
	list_push(&s->path, u->arena, step);
}

static void follow(struct using *u, struct stack_use *s, const struct stack_function *f)
{
	while (f) {
		if (f->group->inside) {
			push_step(u, s, arena_printf(u->arena, "%s and others in a circle", f->name), f->group->inside, false);
			for (size_t i = 0; i < f->group->members.count; i++)
				if (((struct stack_function *)f->group->members.at[i])->deepest)
					f = f->group->members.at[i];
		}
		push_step(u, s, f->name, f->deepest ? f->deepest_call->depth : f->walk.deepest, f->deepest && f->deepest_call->by_pointer);
		f = f->deepest;
	}
}

static struct stack_function *named(const struct using *u, const char *name)
{
	for (size_t i = 0; i < u->graph.functions.count; i++) {
		struct stack_function *f = u->graph.functions.at[i];

		if (!f->is_own && !strcmp(f->name, name))
			return f;
	}
	return NULL;
}

static uint32_t need_of(struct using *u, struct stack_function *f)
{
	if (!f->order)
		visit(u, f);
	return f->need;
}

static struct stack_use *add_root(struct using *u, struct stack_function *f, const char *name, bool fpu, struct list *out)
{
	struct stack_use *s = arena_new(u->arena, struct stack_use);

	s->root = name;
	s->saved = fpu ? SAVED_FPU : SAVED;
	s->bytes = need_of(u, f) + s->saved;
	s->is_bounded = true;
	list_push(out, u->arena, s);
	return s;
}

static void add_main(struct using *u, bool fpu, struct list *out)
{
	struct stack_function *f = stack_function_at(&u->graph, u->graph.entry);
	struct stack_use *s = add_root(u, f, "main thread", fpu, out);

	follow(u, s, f);
	collect(u, s, f);
}

/* A function of the library around a thread's own: what it has on the stack; what else it may need goes to *besides. */
static uint32_t around(struct using *u, struct stack_use *s, const char *name, uint32_t below, uint32_t *besides)
{
	struct stack_function *f = named(u, name), *to;

	if (!f)
		return 0;
	for (size_t k = 0; k < f->walk.calls.count; k++) {
		const struct stack_call *c = f->walk.calls.at[k];

		for (size_t at = 0; !c->by_pointer && (to = callee(u, f, c, &at)); ) {
			uint32_t need = below + c->depth + need_of(u, to);

			*besides = need > *besides ? need : *besides;
			collect(u, s, to);
		}
	}
	push_step(u, s, name, f->walk.deepest, true);
	return f->walk.deepest;
}

/* A thread's own function is called by the library's, which ends the thread when it returns. */
static void add_thread(struct using *u, struct stack_function *f, bool fpu, struct list *out)
{
	struct stack_use *s = add_root(u, f, f->name, fpu, out);
	uint32_t besides = 0, below;

	push_step(u, s, "(what it begins with)", BIRTH, false);
	below = BIRTH + around(u, s, "run", BIRTH, &besides);
	if (f->begins_thread != BEGINS_BARE)
		below += around(u, s, "begin", below, &besides);
	follow(u, s, f);
	collect(u, s, f);
	s->bytes = s->saved + (below + f->need > besides ? below + f->need : besides);
}

int stack_use(struct bytes elf, const char *path, struct bytes map, bool fpu, struct arena *a, struct list *out, struct err *e)
{
	struct using u = { .arena = a };

	int rc = stack_graph(elf, path, map, a, &u.graph, e);
	if (rc < 0)
		return rc;
	add_main(&u, fpu, out);
	for (size_t i = 0; i < u.graph.functions.count; i++) {
		struct stack_function *f = u.graph.functions.at[i];

		if (f->begins_thread == BEGINS_POSIX || (f->begins_thread && f->is_own))
			add_thread(&u, f, fpu, out);
	}
	return MS_OK;
}
