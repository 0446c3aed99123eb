/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mock for cmocka: functions of the same prototypes, which check what they are called with and give what the test has put there.
 *
 * They behave as the client's side does: a negative status is all that comes back.
 */
#include "bind_parts.h"

/* Does a test compare the value itself?  Of all else cmocka compares the memory. */
static bool is_number(const struct crossing *c)
{
	return !c->by_pointer && c->item->kind != TYPE_STRUCT && c->item->kind != TYPE_FLOAT;
}

static void put_check(const struct making *m, const struct crossing *c)
{
	switch (c->role) {
	case ROLE_IN:
	case ROLE_INOUT:
		if (is_number(c))
			PUT(m, "\tcheck_expected(%s);\n", c->name);
		else
			PUT(m, "\tcheck_expected_ptr(%s%s);\n", c->by_pointer ? "" : "&", c->name);
		break;
	case ROLE_DATA_IN:		/* how much first: it says how much there is to compare */
		PUT(m, "\tcheck_expected(%s);\n\tcheck_expected_ptr(%s);\n", m->call->at[c->size].name, c->name);
		break;
	case ROLE_TEXT:
		PUT(m, "\tcheck_expected_ptr(%s);\n", c->name);
		break;
	default:
		break;
	}
}

/* "mock_type(int32_t)" */
static const char *given(const struct making *m, const struct type *t)
{
	if (t->kind == TYPE_STRUCT || t->kind == TYPE_FLOAT)
		return arena_printf(m->arena, "*mock_ptr_type(const %s *)", t->name);
	return arena_printf(m->arena, "mock_type(%s)", t->name);
}

/* As much as the test says, for which the caller must have room. */
static void put_data(const struct making *m, const struct crossing *c, const char *indent)
{
	const struct crossing *size = &m->call->at[c->size], *used = wire_used(m->call, c);
	const char *name = c->name, *times = wire_times(c, m->arena);

	if (!used && c->item->kind == TYPE_CHAR) {
		PUT(m, "%ssnprintf(%s, %s, \"%%s\", mock_ptr_type(const char *));\n", indent, name, size->name);
		return;
	}
	if (!used) {
		PUT(m, "%smemcpy(%s, mock_ptr_type(const void *), %s%s);\n", indent, name, size->name, times);
		return;
	}
	PUT(m, "%s%s %s_given = mock_type(%s);\n\n", indent, used->parameter->type->to->name, name, used->parameter->type->to->name);
	PUT(m, "%sassert_in_range(%s_given, 0, %s%s);\n", indent, name, size->by_pointer ? "*" : "", size->name);
	PUT(m, "%smemcpy(%s, mock_ptr_type(const void *), %s_given%s);\n", indent, name, name, times);
	PUT(m, "%s*%s = %s_given;\n", indent, used->name, name);
}

static void put_outputs(const struct making *m, const char *indent)
{
	for (uint32_t i = 0; i < m->call->function->count; i++) {
		const struct crossing *c = &m->call->at[i];

		if (c->role == ROLE_DATA_OUT)
			put_data(m, c, indent);
		else if ((c->role == ROLE_OUT || c->role == ROLE_INOUT) && c->item->kind == TYPE_ARRAY)
			PUT(m, "%smemcpy(%s, mock_ptr_type(const void *), sizeof(%s));\n", indent, c->name, wire_declare(c->item, "", m->arena));
		else if (c->role == ROLE_OUT || c->role == ROLE_INOUT)
			PUT(m, "%s*%s = %s;\n", indent, c->name, given(m, c->item));
	}
}

/* The result first, as it says whether anything else comes back. */
static void put_answer(const struct making *m)
{
	const struct type *result = m->call->function->result;
	bool outputs = m->call->out_data || m->call->out_items > (!m->call->status && result->kind != TYPE_VOID);
	const char *name = m->call->status ? "status" : "result";

	if (result->kind == TYPE_VOID) {
		put_outputs(m, "\t");
	} else if (!outputs) {
		PUT(m, "\treturn %s;\n", given(m, result));
	} else {
		PUT(m, "\t%s %s = %s;\n\n", result->name, name, given(m, result));
		if (m->call->status)
			PUT(m, "\tif (status < 0)\n\t\treturn status;\n");
		put_outputs(m, "\t");
		PUT(m, "\treturn %s;\n", name);
	}
}

static void put_function(const struct making *m)
{
	PUT(m, "\n%s\n{\n", wire_prototype(m->call, m->arena));
	size_t begun = m->text->size;

	for (uint32_t i = 0; i < m->call->function->count; i++)
		put_check(m, &m->call->at[i]);
	put_answer(m);
	if (m->text->size == begun)
		PUT(m, "\tfunction_called();\n");
	PUT(m, "}\n");
}

struct text bind_mock(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	wire_begin(&t, k, "a mock of its functions for tests with cmocka: expect_value and the like for what goes in, will_return for the result and then what comes out", a);
	text_add(&t, a, "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <string.h>\n"
		 "#include <cmocka.h>\n\n#include \"%s\"\n", k->file);
	for (uint32_t i = 0; i < k->count; i++) {
		const struct making m = bind_making(k, &k->calls[i], &t, a);

		put_function(&m);
	}
	return t;
}
