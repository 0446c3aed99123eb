/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <string.h>

enum { SAMPLE_ROOM = 16 };

/* A value of a type; an enum's first constant, which is one that crosses. */
static const char *zero(const struct type *t, struct arena *a)
{
	switch (t->kind) {
	case TYPE_BOOL:
		return "false";
	case TYPE_ENUM:
		return t->enumeration->count ? t->enumeration->at[0].name : arena_printf(a, "(%s)0", t->name);
	case TYPE_STRUCT:
	case TYPE_ARRAY:
		return arena_printf(a, "(%s){ 0 }", t->name);
	default:
		return "0";
	}
}

static const char *begun(const struct type *t, struct arena *a)
{
	return t->kind == TYPE_STRUCT || t->kind == TYPE_ARRAY ? "{ 0 }" : zero(t, a);
}

static void put_output(const struct call *c, const struct crossing *x, struct text *t, struct arena *a)
{
	const struct crossing *used = x->used != NO_PARAMETER ? &c->at[x->used] : NULL;

	switch (x->role) {
	case ROLE_OUT:
		if (x->item->kind == TYPE_ARRAY)
			text_add(t, a, "\tmemset(%s, 0, sizeof(%s));\n", x->name, wire_declare(x->item, "", a));
		else
			text_add(t, a, "\t*%s = %s;\n", x->name, zero(x->item, a));
		break;
	case ROLE_DATA_OUT:
		text_add(t, a, "\t(void)%s;\n", x->name);
		if (c->at[x->size].by_pointer)
			text_add(t, a, "\t*%s = 0;\n", c->at[x->size].name);
		else
			text_add(t, a, "\t(void)%s;\n", c->at[x->size].name);
		if (used)
			text_add(t, a, "\t*%s = 0;\n", used->name);
		break;
	case ROLE_SIZE:
		if (c->at[x->data].role == ROLE_DATA_IN)
			text_add(t, a, "\t(void)%s;\n", x->name);
		break;
	case ROLE_USED:
		break;
	default:
		text_add(t, a, "\t(void)%s;\n", x->name);
		break;
	}
}

void sample_body(const struct call *c, struct text *t, struct arena *a)
{
	text_add(t, a, "%s\n{\n", wire_prototype(c, a));
	for (uint32_t i = 0; i < c->function->count; i++)
		put_output(c, &c->at[i], t, a);
	if (c->status)
		text_add(t, a, "\treturn PSA_SUCCESS;\n");
	else if (c->function->result->kind != TYPE_VOID)
		text_add(t, a, "\treturn %s;\n", zero(c->function->result, a));
	text_add(t, a, "}\n");
}

static uint32_t room_of(const struct crossing *x)
{
	return x->max < SAMPLE_ROOM ? x->max : SAMPLE_ROOM;
}

void sample_variables(const struct call *c, struct text *t, struct arena *a)
{
	for (uint32_t i = 0; i < c->function->count; i++) {
		const struct crossing *x = &c->at[i];

		if (x->role == ROLE_DATA_OUT)
			text_add(t, a, "\t%s %s[%u] = { 0 };\n", x->item->kind == TYPE_VOID ? "uint8_t" : x->item->name, x->name, room_of(x));
		else if (x->role == ROLE_USED)
			text_add(t, a, "\t%s %s = 0;\n", x->parameter->type->to->name, x->name);
		else if (x->role == ROLE_SIZE && x->by_pointer)
			text_add(t, a, "\t%s %s = %u;\n", x->parameter->type->to->name, x->name, room_of(&c->at[x->data]));
		else if (x->role == ROLE_OUT || x->role == ROLE_INOUT)
			text_add(t, a, "\t%s = %s;\n", x->item->kind == TYPE_ARRAY ? wire_declare(x->item, x->name, a) :
				 arena_printf(a, "%s %s", x->item->name, x->name), begun(x->item, a));
	}
}

static const char *argument(const struct call *c, const struct crossing *x, struct arena *a)
{
	switch (x->role) {
	case ROLE_TEXT:
		return "\"x\"";
	case ROLE_DATA_IN:
		return arena_printf(a, "(%s[1]){ 0 }", x->item->kind == TYPE_VOID ? "const uint8_t" : x->item->words);
	case ROLE_SIZE:
		return x->by_pointer ? arena_printf(a, "&%s", x->name) : c->at[x->data].role == ROLE_DATA_IN ? "1" : arena_printf(a, "%u", room_of(&c->at[x->data]));
	case ROLE_USED:
		return arena_printf(a, "&%s", x->name);
	case ROLE_OUT:
	case ROLE_INOUT:
		return x->item->kind == TYPE_ARRAY ? x->name : arena_printf(a, "&%s", x->name);
	case ROLE_DATA_OUT:
		return x->name;
	default:
		break;
	}
	if (x->item->kind == TYPE_ARRAY)
		return arena_printf(a, "(%s){ 0 }", wire_declare(x->item, "", a));
	return x->by_pointer ? arena_printf(a, "&%s", zero(x->item, a)) : zero(x->item, a);
}

const char *sample_call(const struct call *c, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s(", c->function->name);
	for (uint32_t i = 0; i < c->function->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", argument(c, &c->at[i], a));
	text_add(&t, a, ")");
	return t.at;
}

const char *sample_answer(const struct call *c, struct arena *a)
{
	enum type_kind kind = c->function->result->kind;

	if (c->status)
		return "PSA_SUCCESS";
	return kind == TYPE_VOID || kind == TYPE_STRUCT || kind == TYPE_FLOAT ? NULL : zero(c->function->result, a);
}

static void put_expected(const struct call *c, const struct crossing *x, struct text *t, struct arena *a)
{
	const char *f = c->function->name;

	switch (x->role) {
	case ROLE_TEXT:
		text_add(t, a, "\texpect_string(%s, %s, %s);\n", f, x->name, argument(c, x, a));
		break;
	case ROLE_DATA_IN:
		text_add(t, a, "\texpect_value(%s, %s, 1);\n\texpect_any(%s, %s);\n", f, c->at[x->size].name, f, x->name);
		break;
	case ROLE_IN:
	case ROLE_INOUT:
		if (x->by_pointer)
			text_add(t, a, "\texpect_any(%s, %s);\n", f, x->name);
		else if (x->item->kind == TYPE_STRUCT || x->item->kind == TYPE_FLOAT)
			text_add(t, a, "\texpect_any(%s, &%s);\n", f, x->name);
		else
			text_add(t, a, "\texpect_value(%s, %s, %s);\n", f, x->name, zero(x->item, a));
		break;
	default:
		break;
	}
}

/* A value as will_return takes it: a number, or the address of what is more. */
static const char *given(const struct type *t, struct arena *a)
{
	if (t->kind == TYPE_ARRAY)
		return arena_printf(a, "(uintptr_t)(%s){ 0 }", wire_declare(t, "", a));
	return t->kind == TYPE_STRUCT || t->kind == TYPE_FLOAT ? arena_printf(a, "(uintptr_t)&(%s){ 0 }", t->name) : zero(t, a);
}

static void put_given(const struct call *c, const struct crossing *x, struct text *t, struct arena *a)
{
	const char *f = c->function->name;

	if (x->role == ROLE_OUT || x->role == ROLE_INOUT)
		text_add(t, a, "\twill_return(%s, %s);\n", f, given(x->item, a));
	if (x->role != ROLE_DATA_OUT)
		return;
	if (wire_used(c, x))
		text_add(t, a, "\twill_return(%s, 0);\n", f);
	if (wire_used(c, x) || x->item->kind == TYPE_CHAR)
		text_add(t, a, "\twill_return(%s, (uintptr_t)\"\");\n", f);
	else
		text_add(t, a, "\twill_return(%s, (uintptr_t)(%s[%u]){ 0 });\n", f, x->item->kind == TYPE_VOID ? "uint8_t" : x->item->name, room_of(x));
}

void sample_expect(const struct call *c, const char *failure, struct text *t, struct arena *a)
{
	const struct type *result = c->function->result;

	if (result->kind == TYPE_VOID && !c->function->count)
		text_add(t, a, "\texpect_function_call(%s);\n", c->function->name);
	for (uint32_t i = 0; i < c->function->count; i++)
		put_expected(c, &c->at[i], t, a);
	if (result->kind != TYPE_VOID)
		text_add(t, a, "\twill_return(%s, %s);\n", c->function->name, failure ? failure : c->status ? "PSA_SUCCESS" : given(result, a));
	for (uint32_t i = 0; i < c->function->count && !failure; i++)
		put_given(c, &c->at[i], t, a);
}
