/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The server's side: for each function one that reads its message, checks all of it, calls it and writes what it gives.
 *
 * Items are on the stack.  Data has a room in one static union: a service works on one message at a time.
 */
#include "bind_parts.h"

#include <string.h>

static bool is_data(enum role role)
{
	return role == ROLE_DATA_IN || role == ROLE_DATA_OUT || role == ROLE_TEXT;
}

static bool has_data(const struct call *c)
{
	return c->in_data + c->out_data > 0;
}

/* The union's member for one function. */
static void put_room(const struct call *c, struct text *t, struct arena *a)
{
	text_add(t, a, "\tstruct {\n");
	for (uint32_t i = 0; i < c->function->count; i++) {
		const struct crossing *x = &c->at[i];

		if (!is_data(x->role))
			continue;
		if (x->role == ROLE_TEXT)
			text_add(t, a, "\t\tchar %s[%u + 1];\n", x->name, x->max);
		else if (x->item->kind == TYPE_VOID)
			text_add(t, a, "\t\t_Alignas(8) uint8_t %s[%u];\n", x->name, x->max);
		else
			text_add(t, a, "\t\t%s %s[%u];\n", x->item->name, x->name, x->max);
	}
	text_add(t, a, "\t} %s;\n", c->function->name);
}

static const char *room(const struct making *s, const struct crossing *c)
{
	return arena_printf(s->arena, "room.%s.%s", s->call->function->name, c->name);
}

/* An item in the form that it has on the way. */
static const char *wired(const struct making *s, const struct items *items, const struct item *m, bool out)
{
	return items->count > 1 ? arena_printf(s->arena, "%s.%s", out ? "out" : "in", m->name) : m->plain ? m->name :
	       out ? "out" : "in";
}

static const char *zero_of(const struct type *t)
{
	return t->kind == TYPE_STRUCT || t->kind == TYPE_ARRAY ? "{ 0 }" : t->kind == TYPE_BOOL ? "false" : "0";
}

/* Is this item one that the function writes to as a variable of its own? */
static bool needs_variable(const struct items *out, const struct item *m)
{
	return m->crossing && (!m->plain || out->count == 1) && !(m->plain && out->count > 1);
}

static void put_variable(const struct making *s, const struct item *m, const char *type, const char *name, bool zero)
{
	PUT(s, "\t%s %s%s%s;\n", type, name, m->bounds, zero ? arena_printf(s->arena, " = %s", zero_of(m->type)) : "");
}

static void put_variables(const struct making *s)
{
	const struct item *one = &s->in.at[0];

	if (s->in.count > 1)
		PUT(s, "\t%s in;\n", wire_struct(s->call, false, s->arena));
	if (s->in.count == 1)
		put_variable(s, one, one->wire, one->plain ? one->name : "in", false);
	if (s->out.count > 1)
		PUT(s, "\t%s out = { 0 };\n", wire_struct(s->call, true, s->arena));
	for (uint32_t i = 0; i < s->out.count; i++) {
		const struct item *m = &s->out.at[i];
		bool read = m->crossing && m->crossing->role == ROLE_INOUT && m->plain && s->in.count == 1;

		if (needs_variable(&s->out, m) && !read)
			put_variable(s, m, m->count ? m->wire : m->type->name, m->name, true);
	}
}

/* Everything that the message may be wrong in, as one condition. */
struct conditions { const struct making *s; uint32_t count; };

static void put_condition(struct conditions *c, const char *text)
{
	text_add(c->s->text, c->s->arena, "%s%s", c->count++ ? " ||\n\t    " : "\tif (", text);
}

static void put_in_conditions(struct conditions *c)
{
	const struct making *s = c->s;
	uint32_t vector = 0;

	if (s->in.count) {
		const struct item *one = &s->in.at[0];
		const char *name = s->in.count > 1 || !one->plain ? "in" : one->name;

		put_condition(c, arena_printf(s->arena, "!ms_read_item(m, %u, %s%s, sizeof(%s))", vector++, one->count && s->in.count == 1 ? "" : "&", name, name));
	}
	for (uint32_t i = 0; i < s->call->function->count; i++) {
		const struct crossing *x = &s->call->at[i];

		if (x->role == ROLE_TEXT)
			put_condition(c, arena_printf(s->arena, "!ms_read_text(m, %u, %s, sizeof(%s))", vector++, room(s, x), room(s, x)));
		if (x->role == ROLE_DATA_IN)
			put_condition(c, arena_printf(s->arena, "!ms_read_data(m, %u, %s, sizeof(%s), %s)", vector++, room(s, x), room(s, x),
				      wire_element_size(x) == 1 ? "1" : arena_printf(s->arena, "sizeof(%s[0])", room(s, x))));
	}
}

/* Values that are not every number of their width. */
static void put_value_conditions(struct conditions *c)
{
	const struct making *s = c->s;
	int64_t first, last;

	for (uint32_t i = 0; i < s->in.count; i++) {
		const struct item *m = &s->in.at[i];
		const char *name = wired(s, &s->in, m, false);

		if (m->type->kind == TYPE_BOOL)
			put_condition(c, arena_printf(s->arena, "%s > 1", name));
		if (m->type->kind != TYPE_ENUM || !rules_enum_range(m->type, &first, &last))
			continue;
		if (m->type->is_signed ? first > INT32_MIN : first != 0)
			put_condition(c, arena_printf(s->arena, "%s < %lld", name, (long long)first));
		if (last < INT32_MAX)
			put_condition(c, arena_printf(s->arena, "%s > %lld", name, (long long)last));
	}
}

/* Room for the answer: items fit exactly; data that nobody says the size of is written as a whole. */
static void put_out_conditions(struct conditions *c)
{
	const struct making *s = c->s;
	uint32_t vector = 0;

	if (s->out.count) {
		const struct item *one = &s->out.at[0];
		const char *name = s->out.count > 1 ? "out" : one->crossing && one->plain ? one->name : one->wire;

		put_condition(c, arena_printf(s->arena, "m->out_size[%u] != sizeof(%s)", vector++, name));
	}
	for (uint32_t i = 0; i < s->call->function->count; i++) {
		const struct crossing *x = &s->call->at[i];

		if (x->role != ROLE_DATA_OUT)
			continue;
		if (x->used == NO_PARAMETER && !s->call->at[x->size].by_pointer)
			put_condition(c, arena_printf(s->arena, "m->out_size[%u] > sizeof(%s)", vector, room(s, x)));
		if (wire_element_size(x) > 1)
			put_condition(c, arena_printf(s->arena, "m->out_size[%u] %% sizeof(%s[0])", vector, room(s, x)));
		vector++;
	}
}

static void put_checks(const struct making *s)
{
	struct conditions c = { s, 0 };

	put_in_conditions(&c);
	put_value_conditions(&c);
	put_out_conditions(&c);
	if (c.count)
		PUT(s, ")\n\t\treturn PSA_ERROR_INVALID_ARGUMENT;\n");
}

/* The sizes of data, as the function takes them. */
static void put_sizes(const struct making *s)
{
	uint32_t in = s->in.count > 0, out = s->out.count > 0;

	for (uint32_t i = 0; i < s->call->function->count; i++) {
		const struct crossing *x = &s->call->at[i];

		if (x->role == ROLE_TEXT)
			in++;
		if (x->role != ROLE_DATA_IN && x->role != ROLE_DATA_OUT)
			continue;
		const struct crossing *size = &s->call->at[x->size];
		const char *element = wire_element_size(x) == 1 ? "" : arena_printf(s->arena, " / sizeof(%s[0])", room(s, x));
		const struct type *type = size->by_pointer ? size->parameter->type->to : size->parameter->type;

		if (x->role == ROLE_DATA_IN) {
			PUT(s, "\t%s %s = m->in_size[%u]%s;\n", type->name, size->name, in++, element);
			continue;
		}
		if (x->used == NO_PARAMETER && !size->by_pointer) {
			PUT(s, "\t%s %s = m->out_size[%u]%s;\n\n\tmemset(%s, 0, m->out_size[%u]);\n", type->name, size->name, out, element, room(s, x), out);
		} else {
			PUT(s, "\t%s %s = ms_smaller(m->out_size[%u], sizeof(%s))%s;\n", type->name, size->name, out, room(s, x), element);
			if (x->used != NO_PARAMETER)
				PUT(s, "\t%s %s = 0;\n", s->call->at[x->used].parameter->type->to->name, s->call->at[x->used].name);
		}
		out++;
	}
}

/* What an INOUT parameter begins with. */
static void put_begun(const struct making *s)
{
	for (uint32_t i = 0; i < s->out.count; i++) {
		const struct item *m = &s->out.at[i];

		if (!m->crossing || m->crossing->role != ROLE_INOUT)
			continue;
		const char *from = wired(s, &s->in, m, false);
		const char *to = needs_variable(&s->out, m) ? m->name : wired(s, &s->out, m, true);

		if (!strcmp(from, to))
			continue;
		if (m->count)
			PUT(s, "\tmemcpy(%s, %s, sizeof(%s));\n", to, from, to);
		else
			PUT(s, "\t%s = %s%s;\n", to, m->type->kind == TYPE_ENUM ? arena_printf(s->arena, "(%s)", m->type->name) : "", from);
	}
}

static const struct item *item_of(const struct items *items, const struct crossing *c)
{
	for (uint32_t i = 0; i < items->count; i++)
		if (items->at[i].crossing == c)
			return &items->at[i];
	return NULL;
}

static const char *argument(const struct making *s, const struct crossing *c)
{
	const struct item *in = item_of(&s->in, c), *out = item_of(&s->out, c);

	if (is_data(c->role))
		return room(s, c);
	if (c->role == ROLE_SIZE || c->role == ROLE_USED)
		return arena_printf(s->arena, "%s%s", c->by_pointer || c->role == ROLE_USED ? "&" : "", c->name);
	if (out)
		return arena_printf(s->arena, "%s%s", out->count ? "" : "&", needs_variable(&s->out, out) ? out->name : wired(s, &s->out, out, true));
	const char *name = wired(s, &s->in, in, false);

	if (c->by_pointer && !in->count)
		return arena_printf(s->arena, "&%s", name);
	return in->type->kind == TYPE_ENUM ? arena_printf(s->arena, "(%s)%s", in->type->name, name) : name;
}

static const char *call_of(const struct making *s)
{
	struct text t = { 0 };

	text_add(&t, s->arena, "%s(", s->call->function->name);
	for (uint32_t i = 0; i < s->call->function->count; i++)
		text_add(&t, s->arena, "%s%s", i ? ", " : "", argument(s, &s->call->at[i]));
	text_add(&t, s->arena, ")");
	return t.at;
}

/* The function is called; its result is a status or one of the items. */
static void put_call(const struct making *s)
{
	const struct item *result = item_of(&s->out, NULL);
	const char *cast = result && (result->type->kind == TYPE_ENUM || rules_is_size(result->type)) ? arena_printf(s->arena, "(%s)", result->wire) : "";

	if (s->call->status && !s->out.count && !s->call->out_data)
		PUT(s, "\treturn %s;\n", call_of(s));
	else if (s->call->status)
		PUT(s, "\tpsa_status_t status = %s;\n\n", call_of(s));
	else if (result && s->out.count > 1)
		PUT(s, "\tout.result = %s%s;\n", cast, call_of(s));
	else if (result)
		PUT(s, "\t%s result = %s%s;\n\n", result->wire, cast, call_of(s));
	else
		PUT(s, "\t%s;\n", call_of(s));
}

/* How many bytes of data go back, checked: what the function says is not believed either. */
static void put_data_answer(const struct making *s, const struct crossing *x, uint32_t vector, const char *indent)
{
	const struct crossing *size = &s->call->at[x->size];
	const char *used = x->used != NO_PARAMETER ? s->call->at[x->used].name : size->name;
	const char *element = wire_element_size(x) == 1 ? "" : arena_printf(s->arena, " * sizeof(%s[0])", room(s, x));

	if (x->used == NO_PARAMETER && !size->by_pointer && x->item->kind == TYPE_CHAR)
		PUT(s, "%spsa_write(m->handle, %u, %s, ms_smaller(strnlen(%s, %s) + 1, %s));\n", indent, vector, room(s, x), room(s, x), size->name, size->name);
	else if (x->used == NO_PARAMETER && !size->by_pointer)
		PUT(s, "%spsa_write(m->handle, %u, %s, m->out_size[%u]);\n", indent, vector, room(s, x), vector);
	else if (x->used != NO_PARAMETER)
		PUT(s, "%spsa_write(m->handle, %u, %s, ms_smaller(%s, %s)%s);\n", indent, vector, room(s, x), used, size->name, element);
	else
		PUT(s, "%spsa_write(m->handle, %u, %s, ms_smaller(%s%s, ms_smaller(m->out_size[%u], sizeof(%s))));\n", indent, vector, room(s, x),
		    used, element, vector, room(s, x));
}

static void put_answer(const struct making *s, const char *indent)
{
	uint32_t vector = 0;

	for (uint32_t i = 0; i < s->out.count; i++) {		/* variables, into the form that they have on the way */
		const struct item *m = &s->out.at[i];

		if (m->crossing && !m->plain)
			PUT(s, "%s%s%s = (%s)%s;\n", indent, s->out.count == 1 ? arena_printf(s->arena, "%s ", m->wire) : "", wired(s, &s->out, m, true), m->wire, m->name);
	}
	if (s->out.count) {
		const struct item *one = &s->out.at[0];
		const char *name = s->out.count > 1 ? "out" : !one->crossing ? "result" : one->plain ? one->name : "out";

		PUT(s, "%spsa_write(m->handle, %u, %s%s, sizeof(%s));\n", indent, vector++, one->count && s->out.count == 1 ? "" : "&", name, name);
	}
	for (uint32_t i = 0; i < s->call->function->count; i++)
		if (s->call->at[i].role == ROLE_DATA_OUT)
			put_data_answer(s, &s->call->at[i], vector++, indent);
}

/* Nothing is written for a failure. */
static void put_answer_of_status(const struct making *s)
{
	struct text answer = { 0 };
	struct making inside = *s;

	inside.text = &answer;
	put_answer(&inside, "\t\t");
	bool several = strchr(answer.at, '\n')[1] != '\0';

	PUT(s, "\tif (status >= 0)%s\n%s%s\treturn status;\n", several ? " {" : "", answer.at, several ? "\t}\n" : "");
}

static void put_function(const struct contract *k, const struct call *c, struct text *t, struct arena *a)
{
	const struct making s = bind_making(k, c, t, a);
	size_t before;

	PUT(&s, "\nstatic psa_status_t serve_%s(const psa_msg_t *m)\n{\n", c->function->name);
	before = t->size;
	put_variables(&s);
	if (t->size > before)
		PUT(&s, "\n");
	before = t->size;
	put_checks(&s);
	if (before == t->size && !s.in.count && !s.out.count && !has_data(c))
		PUT(&s, "\t(void)m;\n");
	put_sizes(&s);
	PUT(&s, t->size > before ? "\n" : "");
	put_begun(&s);
	put_call(&s);
	if (c->status && (s.out.count || c->out_data)) {
		put_answer_of_status(&s);
	} else if (!c->status) {
		put_answer(&s, "\t");
		PUT(&s, "\treturn PSA_SUCCESS;\n");
	}
	PUT(&s, "}\n");
}

static void put_dispatch(const struct contract *k, struct text *t, struct arena *a)
{
	const char *name = rules_function_name(k, a);

	text_add(t, a, "\npsa_status_t %s_dispatch(const psa_msg_t *m)\n{\n\tswitch (m->type) {\n", name);
	for (uint32_t i = 0; i < k->count; i++)
		text_add(t, a, "\tcase %s_MSG_%s:\n\t\treturn serve_%s(m);\n", k->word, k->calls[i].word, k->calls[i].function->name);
	text_add(t, a, "\tdefault:\n\t\treturn PSA_ERROR_NOT_SUPPORTED;\n\t}\n}\n");
	text_add(t, a, "\nvoid %s_serve(psa_signal_t signal)\n{\n\tpsa_msg_t m;\n\n"
		 "\tif (psa_get(signal, &m) == PSA_SUCCESS)\n\t\tpsa_reply(m.handle, %s_dispatch(&m));\n}\n", name, name);
	text_add(t, a, "\nvoid %s_serve_all(psa_signal_t signal)\n{\n\tpsa_msg_t m = { .handle = PSA_NULL_HANDLE };\n\tpsa_status_t status = PSA_SUCCESS;\n"
		 "\tpsa_signal_t set;\n\n\tfor (;;) {\n\t\tms_psa_next(m.handle, status, signal, MS_FOREVER, &m, &set);\n"
		 "\t\tif (m.handle != PSA_NULL_HANDLE)\n\t\t\tstatus = %s_dispatch(&m);\n\t}\n}\n", name, name);
}

struct text bind_server(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };
	bool any = false;

	for (uint32_t i = 0; i < k->count; i++)
		any |= has_data(&k->calls[i]);
	wire_begin(&t, k, arena_printf(a, "messages to %s, for who provides it: each is checked and is a call of its function", k->name), a);
	text_add(&t, a, "#include \"%s_server.h\"\n\n#include <string.h>\n\n#include <ms/dispatch.h>\n#include <ms/psa.h>\n\n#include \"%s_messages.h\"\n", k->name, k->name);
	if (any)
		text_add(&t, a, "\n/* Data of the message that is worked on. */\nstatic union {\n");
	for (uint32_t i = 0; i < k->count; i++)
		if (has_data(&k->calls[i]))
			put_room(&k->calls[i], &t, a);
	if (any)
		text_add(&t, a, "} room;\n");
	for (uint32_t i = 0; i < k->count; i++)
		put_function(k, &k->calls[i], &t, a);
	put_dispatch(k, &t, a);
	return t;
}

struct text bind_server_header(const struct contract *k, struct arena *a)
{
	const char *name = rules_function_name(k, a);
	struct text t = { 0 };

	wire_begin(&t, k, arena_printf(a, "for who provides %s", k->name), a);
	text_add(&t, a, "#ifndef %s_SERVER_H\n#define %s_SERVER_H\n\n#include <psa/service.h>\n\n"
		 "/* Answer each message that this signal stands for, for ever: for a service that waits for nothing else. */\n__attribute__((noreturn)) void %s_serve_all(psa_signal_t signal);\n\n"
		 "/* Answer the message that this signal stands for. */\nvoid %s_serve(psa_signal_t signal);\n\n"
		 "/* The same without taking and answering it: what psa_reply is to be told. */\npsa_status_t %s_dispatch(const psa_msg_t *m);\n\n#endif\n",
		 k->word, k->word, name, name, name);
	return t;
}
