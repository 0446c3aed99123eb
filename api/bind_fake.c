/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fake that records: functions of the same prototypes, which note what they are called with and answer what the test has set, or
 * call what it has put in their place.
 */
#include "bind_parts.h"

/* "uint8_t key[16]": a variable that holds what crosses. */
static void put_variable(const struct making *m, const struct type *t, const char *name, const char *indent)
{
	const struct type *element = t;
	const char *bounds = "";

	for (; element->kind == TYPE_ARRAY; element = element->to)
		bounds = arena_printf(m->arena, "%s[%llu]", bounds, (unsigned long long)element->count);
	PUT(m, "%s%s %s%s;\n", indent, element->name, name, bounds);
}

static void put_room(const struct making *m, const struct crossing *c, const char *indent)
{
	bool text = c->role == ROLE_TEXT;

	PUT(m, "%s%s %s[%u%s];\n", indent, text ? "char" : c->item->kind == TYPE_VOID ? "uint8_t" : c->item->name, c->name, c->max, text ? " + 1" : "");
}

static void put_noted(const struct making *m)
{
	PUT(m, "\tstruct {\n");
	for (uint32_t i = 0; i < m->call->function->count; i++) {
		const struct crossing *c = &m->call->at[i];

		if (c->role == ROLE_IN || c->role == ROLE_INOUT)
			put_variable(m, c->item, c->name, "\t\t");
		else if (c->role == ROLE_SIZE)
			put_variable(m, c->by_pointer ? c->parameter->type->to : c->parameter->type, c->name, "\t\t");
		else if (c->role == ROLE_DATA_IN || c->role == ROLE_TEXT)
			put_room(m, c, "\t\t");
	}
	PUT(m, "\t} calls[%s_FAKE_CALLS];\t/* with what */\n", m->contract->word);
}

static bool notes(const struct call *c)
{
	for (uint32_t i = 0; i < c->function->count; i++)
		if (c->at[i].role != ROLE_OUT && c->at[i].role != ROLE_DATA_OUT && c->at[i].role != ROLE_USED)
			return true;
	return false;
}

static bool gives(const struct call *c)
{
	for (uint32_t i = 0; i < c->function->count; i++)
		if (c->at[i].role == ROLE_OUT || c->at[i].role == ROLE_INOUT || c->at[i].role == ROLE_DATA_OUT)
			return true;
	return false;
}

static void put_given(const struct making *m)
{
	PUT(m, "\tstruct {\n");
	for (uint32_t i = 0; i < m->call->function->count; i++) {
		const struct crossing *c = &m->call->at[i], *used = wire_used(m->call, c);

		if (c->role == ROLE_OUT || c->role == ROLE_INOUT)
			put_variable(m, c->item, c->name, "\t\t");
		if (c->role == ROLE_DATA_OUT)
			put_room(m, c, "\t\t");
		if (used)
			put_variable(m, used->parameter->type->to, used->name, "\t\t");
	}
	PUT(m, "\t} out;\t/* what it gives, */\n");
}

static void put_struct(const struct making *m)
{
	const struct function *f = m->call->function;

	PUT(m, "\nextern struct %s_fake {\n\tunsigned count;\t/* how often it was called */\n", f->name);
	if (notes(m->call))
		put_noted(m);
	if (gives(m->call))
		put_given(m);
	if (f->result->kind != TYPE_VOID)
		PUT(m, "\t%s result;\t/* and returns */\n", f->result->name);
	PUT(m, "\t%s;\t/* unless this is called in its place */\n", wire_function(m->call, "(*instead)", m->arena));
	PUT(m, "} %s_fake;\n", f->name);
}

struct text bind_fake_header(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	wire_begin(&t, k, "a fake of its functions for tests: what each was called with, and what it is to answer", a);
	text_add(&t, a, "#ifndef %s_FAKE_H\n#define %s_FAKE_H\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n#include \"%s\"\n\n"
		 "enum { %s_FAKE_CALLS = 16 };\t/* of each function: later ones are counted only */\n\n"
		 "/* As before the first call. */\nvoid %s_fake_reset(void);\n", k->word, k->word, k->file, k->word, rules_function_name(k, a));
	for (uint32_t i = 0; i < k->count; i++) {
		const struct making m = bind_making(k, &k->calls[i], &t, a);

		put_struct(&m);
	}
	text_add(&t, a, "\n#endif\n");
	return t;
}

/* One parameter, into the note of this call. */
static void put_note(const struct making *m, const struct crossing *c)
{
	const struct crossing *size = c->role == ROLE_DATA_IN ? &m->call->at[c->size] : NULL;
	const char *to = arena_printf(m->arena, "fake->calls[fake->count].%s", c->name);

	if (size)
		PUT(m, "\t\tfake_copy(%s, sizeof(%s), %s, %s%s);\n", to, to, c->name, size->name, wire_times(c, m->arena));
	else if (c->role == ROLE_TEXT)
		PUT(m, "\t\tfake_copy(%s, sizeof(%s) - 1, %s, strlen(%s));\n", to, to, c->name, c->name);
	else if ((c->role == ROLE_IN || c->role == ROLE_INOUT) && c->item->kind == TYPE_ARRAY)
		PUT(m, "\t\tmemcpy(%s, %s, sizeof(%s));\n", to, c->name, to);
	else if (c->role == ROLE_IN || c->role == ROLE_INOUT || c->role == ROLE_SIZE)
		PUT(m, "\t\t%s = %s%s;\n", to, c->by_pointer ? "*" : "", c->name);
}

static void put_output(const struct making *m, const struct crossing *c)
{
	const struct crossing *size = c->role == ROLE_DATA_OUT ? &m->call->at[c->size] : NULL, *used = wire_used(m->call, c);
	const char *times = size ? wire_times(c, m->arena) : "";

	if (used) {
		PUT(m, "\tif (fake->out.%s < %s%s)\n\t\t%s%s = fake->out.%s;\n", used->name, size->by_pointer ? "*" : "", size->name, "*", used->name, used->name);
		if (used != size)
			PUT(m, "\telse\n\t\t*%s = %s;\n", used->name, size->name);
		PUT(m, "\tfake_copy(%s, *%s%s, fake->out.%s, sizeof(fake->out.%s));\n", c->name, used->name, times, c->name, c->name);
	} else if (size) {
		PUT(m, "\tfake_copy(%s, %s%s, fake->out.%s, sizeof(fake->out.%s));\n", c->name, size->name, times, c->name, c->name);
	} else if ((c->role == ROLE_OUT || c->role == ROLE_INOUT) && c->item->kind == TYPE_ARRAY) {
		PUT(m, "\tmemcpy(%s, fake->out.%s, sizeof(fake->out.%s));\n", c->name, c->name, c->name);
	} else if (c->role == ROLE_OUT || c->role == ROLE_INOUT) {
		PUT(m, "\t*%s = fake->out.%s;\n", c->name, c->name);
	}
}

static void put_function(const struct making *m)
{
	const struct function *f = m->call->function;
	const char *name = f->name, *again = wire_arguments(m->call, m->arena);
	bool value = f->result->kind != TYPE_VOID;

	PUT(m, "\nstruct %s_fake %s_fake;\n\n%s\n{\n\tstruct %s_fake *fake = &%s_fake;\n\n", name, name, wire_prototype(m->call, m->arena), name, name);
	if (notes(m->call))
		PUT(m, "\tif (fake->count < %s_FAKE_CALLS) {\n", m->contract->word);
	for (uint32_t i = 0; i < f->count; i++)
		put_note(m, &m->call->at[i]);
	PUT(m, "%s\tfake->count++;\n", notes(m->call) ? "\t}\n" : "");
	if (value)
		PUT(m, "\tif (fake->instead)\n\t\treturn fake->instead(%s);\n", again);
	else if (!gives(m->call))
		PUT(m, "\tif (fake->instead)\n\t\tfake->instead(%s);\n", again);
	else
		PUT(m, "\tif (fake->instead) {\n\t\tfake->instead(%s);\n\t\treturn;\n\t}\n", again);
	if (m->call->status && (m->call->out_items || m->call->out_data))
		PUT(m, "\tif (fake->result < 0)\n\t\treturn fake->result;\n");
	for (uint32_t i = 0; i < f->count; i++)
		put_output(m, &m->call->at[i]);
	PUT(m, "%s}\n", value ? "\treturn fake->result;\n" : "");
}

static bool copies(const struct contract *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		for (uint32_t n = 0; n < k->calls[i].function->count; n++)
			if (k->calls[i].in_data || k->calls[i].out_data)
				return true;
	return false;
}

struct text bind_fake(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	wire_begin(&t, k, "a fake of its functions, which notes and answers", a);
	text_add(&t, a, "#include \"%s_fake.h\"\n\n#include <string.h>\n", k->name);
	if (copies(k))
		text_add(&t, a, "\n/* What there is, as far as there is room. */\nstatic void fake_copy(void *to, size_t room, const void *from, size_t size)\n"
			 "{\n\tsize = size < room ? size : room;\n\tif (size)\n\t\tmemcpy(to, from, size);\n}\n");
	for (uint32_t i = 0; i < k->count; i++) {
		const struct making m = bind_making(k, &k->calls[i], &t, a);

		put_function(&m);
	}
	text_add(&t, a, "\nvoid %s_fake_reset(void)\n{\n", rules_function_name(k, a));
	for (uint32_t i = 0; i < k->count; i++)
		text_add(&t, a, "\t%s_fake = (struct %s_fake){ 0 };\n", k->calls[i].function->name, k->calls[i].function->name);
	text_add(&t, a, "}\n");
	return t;
}
