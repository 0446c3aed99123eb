/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters: which role each has, by its type, its name and its marks. */
#include "rules_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* How a parameter is named that says how much of `data` there is.  "#": the data's name. */
static const struct { const char *name; bool elements; } size_names[] = {
	{ "#_size", false }, { "#_len", false }, { "#_length", false }, { "#_bytes", false }, { "#_capacity", false }, { "#size", false },
	{ "#len", false }, { "#_count", true }, { "#_n", true }, { "n_#", true }, { "num_#", true }, { "#_num", true },
};
static const char *const used_names[] = { "#_used", "#_length", "#_len", "#_written", "#_size", "#_count" };

/* The same of a parameter that stands right behind its data. */
static const struct { const char *name; bool elements; } plain_names[] = {
	{ "size", false }, { "len", false }, { "length", false }, { "bytes", false }, { "nbytes", false }, { "capacity", false },
	{ "count", true }, { "n", true }, { "num", true },
};
static const char *const plain_used[] = { "used", "written", "actual", "length", "len" };

static bool object(struct objection *o, const char *text, const char *fix)
{
	*o = (struct objection){ text, fix };
	return false;
}

static bool is_named(const char *name, const char *pattern, const char *data)
{
	const char *at = strchr(pattern, '#');
	size_t before = (size_t)(at - pattern), size = strlen(data);

	return name && !strncmp(name, pattern, before) && !strncmp(name + before, data, size) && !strcmp(name + before + size, at + 1);
}

/* The value of a mark, "max" of "max 64;", or NULL. */
static const char *mark(const struct parameter *p, const char *what, struct arena *a)
{
	size_t size = strlen(what);

	for (const char *m = p->marks; m && *m; m = strchr(m, ';'), m = m ? m + 1 : NULL)
		if (!strncmp(m, what, size) && (m[size] == ' ' || m[size] == ';'))
			return arena_printf(a, "%.*s", (int)strcspn(m + size + (m[size] == ' '), ";"), m + size + (m[size] == ' '));
	return NULL;
}

static bool is_number(const struct type *t)
{
	return t->kind == TYPE_INTEGER;
}

static bool is_number_pointer(const struct type *t)
{
	return t->kind == TYPE_POINTER && t->to->kind == TYPE_INTEGER && !t->to->is_const && !t->to->is_signed;
}

static bool is_byte(const struct type *t)
{
	return t->kind == TYPE_VOID || t->size == 1;
}

/* The place of the parameter that says how much of number i there is; *elements: its name says that it counts elements. */
static uint32_t find_size(const struct judging *j, uint32_t i, bool pointer, bool *elements)
{
	const struct function *f = j->pc;
	const char *data = f->at[i].name, *marked = mark(&f->at[i], "count", j->arena);

	for (uint32_t k = 0; k < f->count; k++) {
		const struct type *t = f->at[k].type;

		if (k == i || !f->at[k].name || !(pointer ? is_number_pointer(t) : is_number(t)))
			continue;
		if (marked && !strcmp(marked, f->at[k].name)) {
			*elements = true;
			return k;
		}
		for (size_t n = 0; !marked && data && n < sizeof(size_names) / sizeof(*size_names); n++)
			if (is_named(f->at[k].name, size_names[n].name, data)) {
				*elements = size_names[n].elements;
				return k;
			}
	}
	if (marked || i + 1 == f->count || !f->at[i + 1].name || !(pointer ? is_number_pointer : is_number)(f->at[i + 1].type))
		return NO_PARAMETER;
	for (size_t n = 0; n < sizeof(plain_names) / sizeof(*plain_names); n++)
		if (!strcmp(f->at[i + 1].name, plain_names[n].name)) {
			*elements = plain_names[n].elements;
			return i + 1;
		}
	return NO_PARAMETER;
}

static uint32_t find_used(const struct judging *j, uint32_t i, uint32_t size)
{
	const struct function *f = j->pc;

	for (uint32_t k = 0; k < f->count; k++)
		for (size_t n = 0; f->at[i].name && k != i && is_number_pointer(f->at[k].type) && n < sizeof(used_names) / sizeof(*used_names); n++)
			if (is_named(f->at[k].name, used_names[n], f->at[i].name))
				return k;
	if (size + 1 >= f->count || !f->at[size + 1].name || !is_number_pointer(f->at[size + 1].type))
		return NO_PARAMETER;
	for (size_t n = 0; n < sizeof(plain_used) / sizeof(*plain_used); n++)
		if (!strcmp(f->at[size + 1].name, plain_used[n]))
			return size + 1;
	return NO_PARAMETER;
}

static char *upper(struct arena *a, const char *text)
{
	char *copy = arena_printf(a, "%s", text);

	for (char *c = copy; *c; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	return copy;
}

/* How much it may be at most: MS_MAX, or the constant <INTERFACE>_<PARAMETER>_MAX or <FUNCTION>_<PARAMETER>_MAX. */
static bool find_max(const struct judging *j, uint32_t i, uint32_t *max, struct objection *o)
{
	const char *marked = mark(&j->pc->at[i], "max", j->arena), *name = j->pc->at[i].name ? j->pc->at[i].name : "";
	const char *own = arena_printf(j->arena, "%s_%s_MAX", upper(j->arena, j->pc->name), upper(j->arena, name));
	const char *all = arena_printf(j->arena, "%s_%s_MAX", upper(j->arena, j->name), upper(j->arena, name));
	int64_t value = DATA_MAX_STANDARD;

	if (marked && isdigit((unsigned char)*marked))
		value = strtoll(marked, NULL, 0);
	else if (marked && !header_constant(j->header, marked, &value))
		return object(o, arena_printf(j->arena, "MS_MAX names '%s', which is no number and no enum constant", marked), "write a number");
	else if (!marked && !header_constant(j->header, own, &value))
		header_constant(j->header, all, &value);
	if (value < 1 || value > DATA_MAX)
		return object(o, arena_printf(j->arena, "at most %lld elements are to be sent, and 1 to %d are possible", (long long)value, DATA_MAX),
			      "send more in several calls");
	*max = (uint32_t)value;
	return true;
}

static bool size_fits(const struct judging *j, uint32_t i, uint32_t size, bool elements, struct objection *o)
{
	const struct parameter *p = &j->pc->at[size];
	const struct type *t = p->type->kind == TYPE_POINTER ? p->type->to : p->type;

	if (j->at[size].role != ROLE_NONE)
		return object(o, arena_printf(j->arena, "'%s' would be the size of two", p->name), "give each a size of its own, such as NAME_size");
	if (t->is_signed)
		return object(o, arena_printf(j->arena, "its size '%s' may be negative", p->name), "let it be size_t");
	if (!is_byte(j->at[i].item) && !elements)
		return object(o, arena_printf(j->arena, "does '%s' count bytes, or elements of %u bytes?", p->name, (unsigned)j->at[i].item->size),
			      arena_printf(j->arena, "name it '%s_count', or write MS_COUNT(%s) behind '%s' (<ms/interface.h>)",
					   j->pc->at[i].name, p->name, j->pc->at[i].name));
	return true;
}

static bool make_data(struct judging *j, uint32_t i, uint32_t size, bool elements, struct objection *o)
{
	struct crossing *c = &j->at[i];
	bool in = c->item->is_const;

	if (!size_fits(j, i, size, elements, o) || !find_max(j, i, &c->max, o))
		return false;
	if (in && j->at[size].by_pointer)
		return object(o, "a pointer says how much is sent", "let the size of what is only read be size_t");
	c->role = in ? ROLE_DATA_IN : ROLE_DATA_OUT;
	c->size = size;
	if (rules_item_size(j->at[size].by_pointer ? j->pc->at[size].type->to : j->pc->at[size].type) == 1 && c->max > UINT8_MAX)
		c->max = UINT8_MAX;		/* it cannot say more */
	j->at[size].role = ROLE_SIZE;
	j->at[size].data = i;
	if (in)
		return true;
	uint32_t used = j->at[size].by_pointer ? NO_PARAMETER : find_used(j, i, size);
	if (used != NO_PARAMETER && used != size && j->at[used].role == ROLE_NONE) {
		c->used = used;
		j->at[used].role = ROLE_USED;
		j->at[used].data = i;
	}
	return true;
}

/* Of a pointer whose size nobody says. */
static bool make_item(struct judging *j, uint32_t i, const struct type *board, struct objection *o)
{
	struct crossing *c = &j->at[i];
	const char *name = j->pc->at[i].name ? j->pc->at[i].name : "data";
	bool inout = mark(&j->pc->at[i], "inout", j->arena) != NULL;

	if (c->item->kind == TYPE_CHAR && c->item->is_const) {
		c->role = ROLE_TEXT;
		return find_max(j, i, &c->max, o);
	}
	if (c->item->kind == TYPE_VOID || c->item->kind == TYPE_CHAR || (c->item->is_const && c->item->kind != TYPE_STRUCT))
		return object(o, "how much it leads to is not said", arena_printf(j->arena, "add a parameter 'size_t %s_%s'", name,
			      is_byte(c->item) ? "size" : "count"));
	if (!rules_type_fits(c->item, board, false, j->arena, o))
		return false;
	if (c->item->is_const && inout)
		return object(o, "MS_INOUT marks what is const", "take one of both away");
	c->role = c->item->is_const ? ROLE_IN : inout ? ROLE_INOUT : ROLE_OUT;
	return true;
}

static bool judge_pointer(struct judging *j, uint32_t i, struct objection *o)
{
	struct crossing *c = &j->at[i];
	const struct type *board = j->board->at[i].type->to;
	bool elements = false;

	c->item = j->pc->at[i].type->to;
	c->by_pointer = true;
	if (!rules_same_kind(c->item, board, j->arena, o))
		return false;
	if (c->item->kind == TYPE_FUNCTION)
		return object(o, "a function of the client cannot be called from another service", "let the client ask, or be told by psa_notify");
	if (c->item->kind == TYPE_POINTER)
		return object(o, "a pointer to a pointer leads into memory of one service only", "send what it leads to");
	if (c->item->kind == TYPE_STRUCT && !c->item->record)
		return rules_type_fits(c->item, board, false, j->arena, o);
	uint32_t size = find_size(j, i, false, &elements);
	if (size == NO_PARAMETER && !c->item->is_const)
		size = find_size(j, i, true, &elements);
	if (size == NO_PARAMETER)
		return make_item(j, i, board, o);
	if (c->item->kind != TYPE_VOID && !rules_type_fits(c->item, board, true, j->arena, o))
		return false;
	j->at[size].by_pointer = j->pc->at[size].type->kind == TYPE_POINTER;
	return make_data(j, i, size, elements, o);
}

/* With a bound it is an item; without one what a pointer is. */
static bool judge_array(struct judging *j, uint32_t i, struct objection *o)
{
	const struct type *t = j->pc->at[i].type;

	if (!t->count)
		return judge_pointer(j, i, o);
	if (!rules_type_fits(t, j->board->at[i].type, true, j->arena, o))
		return false;
	j->at[i].item = t;
	j->at[i].by_pointer = true;
	j->at[i].role = t->to->is_const ? ROLE_IN : mark(&j->pc->at[i], "inout", j->arena) ? ROLE_INOUT : ROLE_OUT;
	return true;
}

static bool judge(struct judging *j, uint32_t i, struct objection *o)
{
	const struct type *t = j->pc->at[i].type;

	if (!rules_same_kind(t, j->board->at[i].type, j->arena, o))
		return false;
	if (t->kind == TYPE_POINTER)
		return judge_pointer(j, i, o);
	if (t->kind == TYPE_ARRAY)
		return judge_array(j, i, o);
	if (!rules_type_fits(t, j->board->at[i].type, false, j->arena, o))
		return false;
	j->at[i].item = t;
	j->at[i].role = ROLE_IN;
	return true;
}

/* What leads to numbers may be data or say how much data there is. */
static uint32_t pass_of(const struct judging *j, uint32_t i)
{
	const struct type *t = j->pc->at[i].type;
	bool elements;

	if (t->kind != TYPE_POINTER && t->kind != TYPE_ARRAY)
		return 2;
	return is_number_pointer(t) && find_size(j, i, false, &elements) == NO_PARAMETER;
}

uint32_t rules_roles(struct judging *j, struct objection *o)
{
	const struct function *f = j->pc;

	for (uint32_t i = 0; i < f->count; i++)
		j->at[i] = (struct crossing){ .parameter = &f->at[i], .size = NO_PARAMETER, .used = NO_PARAMETER, .data = NO_PARAMETER };
	for (uint32_t pass = 0; pass < 3; pass++)		/* data first: it takes what says its size */
		for (uint32_t i = 0; i < f->count; i++)
			if (j->at[i].role == ROLE_NONE && pass_of(j, i) <= pass && !judge(j, i, o))
				return i;
	return NO_PARAMETER;
}
