/* SPDX-License-Identifier: Apache-2.0 */
#include "stackgraph.h"

#include <stdlib.h>
#include <string.h>

#include "executable.h"
#include "linkmap.h"

enum { TYPE_OBJECT = 1, TYPE_FUNCTION = 2 };

struct stack_function *stack_function_at(const struct stack_graph *g, uint32_t address)
{
	for (size_t i = 0; i < g->functions.count; i++) {
		struct stack_function *f = g->functions.at[i];

		if (f->start == address)
			return f;
	}
	return NULL;
}

static struct stack_function *add(struct stack_graph *g, const char *name, uint32_t start, uint32_t end)
{
	struct stack_function *f = arena_new(g->arena, struct stack_function);

	f->name = name;
	f->start = start;
	f->end = end;
	list_push(&g->functions, g->arena, f);
	return f;
}

/* Where code goes that begins at an address: to the end of what holds it, or the beginning of the next. */
static uint32_t end_of(const struct stack_graph *g, uint32_t start)
{
	uint32_t end = g->code.text_base + (uint32_t)g->code.text.size;

	for (size_t i = 0; i < g->functions.count; i++) {
		const struct stack_function *f = g->functions.at[i];

		if (f->start < start && f->end > start)
			return f->end;
		if (f->start > start && f->start < end)
			end = f->start;
	}
	return end;
}

static void read_functions(struct stack_graph *g, const struct elf_file *f)
{
	struct elf_symbol s;

	for (uint32_t i = 0; elf_symbol(f, i, &s); i++) {
		uint32_t start = s.value & ~UINT32_C(1);
		struct stack_function *same;

		if (!s.section || (s.info & 15) != TYPE_FUNCTION || start - g->code.text_base >= g->code.text.size)
			continue;
		same = stack_function_at(g, start);
		if (!same)
			add(g, arena_string(g->arena, s.name), start, s.size ? start + s.size : 0);
		else if (s.info >> 4)
			same->name = arena_string(g->arena, s.name);
	}
	for (size_t i = 0; i < g->functions.count; i++) {
		struct stack_function *of = g->functions.at[i];

		if (of->end <= of->start || of->end - g->code.text_base > g->code.text.size)
			of->end = end_of(g, of->start);
	}
}

/* Mapping symbols: from $d on data, from $t on code. */
static void read_marks(struct stack_graph *g, const struct elf_file *f)
{
	size_t count = g->code.text.size / 2 + 1;
	uint8_t *is_data = arena_take(g->arena, count), *mark = arena_take(g->arena, count), now = 't';
	struct elf_symbol s;

	for (uint32_t i = 0; elf_symbol(f, i, &s); i++) {
		uint32_t at = s.value - g->code.text_base;

		if (s.name.size >= 2 && s.name.at[0] == '$' && (s.name.at[1] == 'd' || s.name.at[1] == 't') &&
		    (s.name.size == 2 || s.name.at[2] == '.') && at < g->code.text.size)
			mark[at / 2] = s.name.at[1];
	}
	for (size_t i = 0; i < count; i++) {
		now = mark[i] ? mark[i] : now;
		is_data[i] = now == 'd';
	}
	g->code.is_data = is_data;
}

/* Objects of the project lie in its obj/ folder; without a map all is its own. */
static void find_owners(struct stack_graph *g, struct bytes map)
{
	struct linkmap_part p;
	bool any = false;

	for (size_t at = 0; linkmap_next(map, &at, &p); ) {
		bool own = memmem(p.object.at, p.object.size, "/obj/", 5);

		any = true;
		for (size_t i = 0; own && i < g->functions.count; i++) {
			struct stack_function *f = g->functions.at[i];

			if (f->start - p.address < p.size)
				f->is_own = true;
		}
	}
	for (size_t i = 0; !any && i < g->functions.count; i++)
		((struct stack_function *)g->functions.at[i])->is_own = true;
}

static bool data_is_own(struct bytes map, uint32_t address)
{
	struct linkmap_part p;

	return !linkmap_find(map, address, &p) || memmem(p.object.at, p.object.size, "/obj/", 5);
}

/* Words of data that hold the address of a function; of those in the GOT it is the code that loads them which counts. */
static void take_data(struct stack_graph *g, const struct elf_file *f, struct bytes map)
{
	uint32_t address, got_end = g->code.data_base, value;
	struct linkmap_part p;
	uint8_t type;

	for (size_t at = 0; linkmap_next(map, &at, &p); )
		if (p.section.size >= 4 && !memcmp(p.section.at, ".got", 4) && p.address >= got_end)
			got_end = p.address + p.size;
	for (uint32_t i = 0; elf_relocation(f, i, &address, &type); i++) {
		struct stack_function *to;

		if (address < got_end || !code_word(&g->code, address, &value) || !(value & 1))
			continue;
		to = stack_function_at(g, value & ~UINT32_C(1));
		if (!to)
			continue;
		*(data_is_own(map, address) ? &to->is_handed_by_own : &to->is_handed_by_sdk) = true;
	}
}

/* libgcc's ways of switch on Armv6-M: entries behind the call. */
static char switch_entries(const void *context, uint32_t target)
{
	static const char *const names[] = { "__gnu_thumb1_case_sqi", "__gnu_thumb1_case_uqi", "__gnu_thumb1_case_shi", "__gnu_thumb1_case_uhi", "__gnu_thumb1_case_si" };
	const struct stack_function *f = stack_function_at(context, target);

	for (size_t i = 0; f && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(f->name, names[i]))
			return "bBhHw"[i];
	return 0;
}

/* Does `f` load the address of `to` for somebody who is known to call it? */
static bool hands(struct stack_graph *g, const struct stack_function *f, struct stack_function *to)
{
	static const struct { const char *name; int argument; const char *caller; } rows[] = {
#define POINTS(caller, names)
#define HANDS(name, argument, caller) { name, argument, caller },
#include "stack_pointers.def"
#undef POINTS
#undef HANDS
	};
	bool found = false;

	for (size_t k = 0; k < f->walk.calls.count; k++) {
		const struct stack_call *c = f->walk.calls.at[k];
		const struct stack_function *callee = stack_function_at(g, c->target);

		for (int i = 0; callee && !callee->is_own && i < 4; i++)
			to->is_handed_to_sdk |= c->argument[i] == (to->start | 1);
		for (size_t i = 0; callee && i < sizeof(rows) / sizeof(*rows); i++) {
			if (strcmp(callee->name, rows[i].name) || c->argument[rows[i].argument] != (to->start | 1))
				continue;
			list_push(&to->callers, g->arena, (void *)rows[i].caller);
			if (strstr(rows[i].name, "_create"))
				to->begins_thread = rows[i].name[0] == 'p' ? BEGINS_POSIX : BEGINS_BARE;
			found = true;
		}
	}
	return found;
}

/* Functions that nothing names are found by the calls of others. */
static void walk_all(struct stack_graph *g)
{
	for (size_t i = 0; i < g->functions.count; i++) {
		struct stack_function *f = g->functions.at[i];

		stack_walk(&g->code, f->start, f->end, switch_entries, g, g->arena, &f->walk);
		for (size_t k = 0; k < f->walk.calls.count; k++) {
			const struct stack_call *c = f->walk.calls.at[k];

			if (c->target && !stack_function_at(g, c->target) && code_has(&g->code, c->target))
				add(g, arena_printf(g->arena, "(code at 0x%08x)", (unsigned)c->target), c->target, end_of(g, c->target))->is_own = f->is_own;
		}
		for (size_t k = 0; k < f->walk.taken.count; k++) {
			struct stack_function *to = stack_function_at(g, *(uint32_t *)f->walk.taken.at[k]);

			if (to && !hands(g, f, to))
				*(f->is_own ? &to->is_handed_by_own : &to->is_handed_by_sdk) = true;
		}
	}
}

static bool calls(const struct stack_graph *g, const char *name)
{
	for (size_t i = 0; i < g->functions.count; i++) {
		const struct stack_function *f = g->functions.at[i];

		for (size_t k = 0; f->is_own && k < f->walk.calls.count; k++) {
			const struct stack_function *to = stack_function_at(g, ((const struct stack_call *)f->walk.calls.at[k])->target);

			if (to && !strcmp(to->name, name))
				return true;
		}
	}
	return false;
}

/* Where it is not known which function a thread begins with, each of the right type that is handed out may be it. */
static void find_threads(struct stack_graph *g)
{
	bool posix = calls(g, "pthread_create"), bare = calls(g, "ms_thread_create");

	for (size_t i = 0; i < g->functions.count; i++) {
		struct stack_function *f = g->functions.at[i];

		if (f->begins_thread || !f->is_own || !f->is_handed_by_own || !f->type)
			continue;
		if (posix && !strcmp(f->type, "pp"))
			f->begins_thread = BEGINS_POSIX;
		else if (bare && !strcmp(f->type, "vp"))
			f->begins_thread = BEGINS_BARE;
	}
}

int stack_graph(struct bytes elf, const char *path, struct bytes map, struct arena *a, struct stack_graph *out, struct err *e)
{
	struct elf_file f;

	int rc = executable_open(elf, path, &f, e);
	if (rc < 0)
		return rc;
	*out = (struct stack_graph){
		.arena = a,
		.code = {
			.text = bytes_part(elf, f.text.offset, f.text.file_size), .text_base = f.text.address,
			.data = bytes_part(elf, f.data.offset, f.data.file_size), .data_base = f.data.address,
		},
		.entry = f.entry & ~UINT32_C(1),
	};
	read_functions(out, &f);
	read_marks(out, &f);
	find_owners(out, map);
	if (!stack_function_at(out, out->entry))
		add(out, "_start", out->entry, end_of(out, out->entry));
	take_data(out, &f, map);
	walk_all(out);
	rc = stack_types(out, elf, path, e);
	find_threads(out);
	return rc;
}
