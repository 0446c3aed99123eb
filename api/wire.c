/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <string.h>

/* A number of fixed width. */
static const char *fixed(const struct type *t, struct arena *a)
{
	return arena_printf(a, "%sint%u_t", t->is_signed ? "" : "u", 8 * (unsigned)t->size);
}

static const char *wire_type(const struct type *t, struct arena *a)
{
	switch (t->kind) {
	case TYPE_BOOL:
		return "uint8_t";
	case TYPE_ENUM:
		return t->is_signed ? "int32_t" : "uint32_t";
	case TYPE_INTEGER:
		return rules_is_size(t) ? "uint32_t" : fixed(t, a);
	case TYPE_FLOAT:
		return t->size == sizeof(float) ? "float" : "double";
	default:
		return t->name;
	}
}

static void put(struct items *all, const struct crossing *c, const char *name, const struct type *t, struct arena *a)
{
	const struct type *element = t;
	bool plain = t->kind != TYPE_BOOL && t->kind != TYPE_ENUM && !rules_is_size(t);

	const char *bounds = "";

	for (; element->kind == TYPE_ARRAY; element = element->to)
		bounds = arena_printf(a, "%s[%llu]", bounds, (unsigned long long)element->count);
	all->at[all->count++] = (struct item){
		.crossing = c, .name = name, .type = t, .wire = t->kind == TYPE_ARRAY ? element->name : wire_type(t, a),
		.count = t->kind == TYPE_ARRAY ? t->size / element->size : 0, .bounds = bounds, .plain = plain,
	};
}

static uint64_t align_of(const struct item *i)
{
	return i->plain ? i->type->align : rules_item_size(i->type);
}

/* The largest first, and otherwise as they stand in the header. */
static void sort(struct items *all)
{
	for (uint32_t i = 1; i < all->count; i++) {
		struct item moved = all->at[i];
		uint32_t k = i;

		for (; k && align_of(&all->at[k - 1]) < align_of(&moved); k--)
			all->at[k] = all->at[k - 1];
		all->at[k] = moved;
	}
}

struct items wire_items(const struct call *c, bool out, struct arena *a)
{
	const struct function *f = c->function;
	struct items all = { .at = arena_array(a, struct item, f->count + 1) };

	for (uint32_t i = 0; i < f->count; i++) {
		enum role role = c->at[i].role;

		if (role == ROLE_INOUT || role == (out ? ROLE_OUT : ROLE_IN))
			put(&all, &c->at[i], c->at[i].name, c->at[i].item, a);
	}
	if (out && !c->status && f->result->kind != TYPE_VOID)
		put(&all, NULL, "result", f->result, a);
	sort(&all);
	for (uint32_t i = 0; i < all.count; i++)
		all.size += rules_item_size(all.at[i].type);
	uint64_t align = all.count ? align_of(&all.at[0]) : 1;

	all.padding = (align - all.size % align) % align;
	return all;
}

const char *wire_struct(const struct call *c, bool out, struct arena *a)
{
	return arena_printf(a, "struct %s_%s", c->function->name, out ? "out" : "in");
}

const char *wire_declare(const struct type *t, const char *name, struct arena *a)
{
	if (t->kind == TYPE_ARRAY)
		return wire_declare(t->to, arena_printf(a, t->count ? "%s[%llu]" : "%s[]", name, (unsigned long long)t->count), a);
	return arena_printf(a, "%s%s%s", t->words, t->words[strlen(t->words) - 1] == '*' ? "" : " ", name);
}

const char *wire_function(const struct call *c, const char *name, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s(", wire_declare(c->function->result, name, a));
	for (uint32_t i = 0; i < c->function->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", wire_declare(c->function->at[i].type, c->at[i].name, a));
	text_add(&t, a, c->function->count ? ")" : "void)");
	return t.at;
}

const char *wire_prototype(const struct call *c, struct arena *a)
{
	return wire_function(c, c->function->name, a);
}

const char *wire_arguments(const struct call *c, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", c->function->count ? c->at[0].name : "");
	for (uint32_t i = 1; i < c->function->count; i++)
		text_add(&t, a, ", %s", c->at[i].name);
	return t.at;
}

uint64_t wire_element_size(const struct crossing *c)
{
	return c->item->kind == TYPE_VOID ? 1 : c->item->size;
}

const char *wire_times(const struct crossing *data, struct arena *a)
{
	return wire_element_size(data) == 1 ? "" : arena_printf(a, " * sizeof(*%s)", data->name);
}

const struct crossing *wire_used(const struct call *c, const struct crossing *data)
{
	if (data->role != ROLE_DATA_OUT)
		return NULL;
	if (data->used != NO_PARAMETER)
		return &c->at[data->used];
	return c->at[data->size].by_pointer ? &c->at[data->size] : NULL;
}

void wire_begin(struct text *t, const struct contract *k, const char *what, struct arena *a)
{
	text_add(t, a, "/* Made by ms from %s: %s. */\n", k->file, what);
}
