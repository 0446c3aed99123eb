/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client's side: a function of the same prototype that makes a message of its parameters.  What C has in the same bytes
 * is sent from where it lies; only what differs, and several items together, are copied.
 */
#include "bind_parts.h"

#include <string.h>

static bool is_temporary(const struct items *items)
{
	return items->count > 1 || (items->count == 1 && (!items->at[0].plain || !items->at[0].crossing));
}

/* What a struct's member, or the single variable, is called here. */
static const char *member(const struct making *s, const struct items *items, uint32_t i, bool out)
{
	if (items->count > 1)
		return arena_printf(s->arena, "%s.%s", out ? "out" : "in", items->at[i].name);
	return out && !items->at[i].crossing ? "result" : out ? "out" : "in";
}

static const char *value_of(const struct making *s, const struct item *m)
{
	const char *name = arena_printf(s->arena, "%s%s", m->crossing->by_pointer ? "*" : "", m->crossing->name);

	return m->plain || m->type->kind == TYPE_BOOL ? name : arena_printf(s->arena, "(%s)%s", m->wire, name);
}

static void put_in(const struct making *s)
{
	bool copied = false;

	if (!is_temporary(&s->in))
		return;
	if (s->in.count == 1) {
		PUT(s, "\tconst %s in = %s;\n", s->in.at[0].wire, value_of(s, &s->in.at[0]));
		return;
	}
	for (uint32_t i = 0; i < s->in.count; i++)
		copied |= s->in.at[i].count > 0;
	PUT(s, "\t%s%s in = {", copied ? "" : "const ", wire_struct(s->call, false, s->arena));
	for (uint32_t i = 0, fields = 0; i < s->in.count; i++)
		if (!s->in.at[i].count)
			PUT(s, "%s.%s = %s", fields++ ? ", " : " ", s->in.at[i].name, value_of(s, &s->in.at[i]));
	PUT(s, " };\n");
}

static void put_out(const struct making *s)
{
	if (!is_temporary(&s->out))
		return;
	if (s->out.count > 1)
		PUT(s, "\t%s out = { 0 };\n", wire_struct(s->call, true, s->arena));
	else
		PUT(s, "\t%s %s = %s;\n", s->out.at[0].wire, s->out.at[0].crossing ? "out" : "result", s->out.at[0].type->kind == TYPE_STRUCT ? "{ 0 }" : "0");
}

/* "sum, sizeof(*sum)" */
static const char *item_vector(const struct making *s, const struct items *items, bool out)
{
	const struct item *m = &items->at[0];

	if (is_temporary(items)) {
		const char *name = items->count == 1 && !m->crossing ? "result" : out ? "out" : "in";

		return arena_printf(s->arena, "&%s, sizeof(%s)", name, name);
	}
	const char *name = m->crossing->name;

	if (m->count)
		return arena_printf(s->arena, "%s, sizeof(%s%s)", name, m->wire, m->bounds);
	return m->crossing->by_pointer ? arena_printf(s->arena, "%s, sizeof(*%s)", name, name) : arena_printf(s->arena, "&%s, sizeof(%s)", name, name);
}

static const char *data_vector(const struct making *s, const struct crossing *c)
{
	if (c->role == ROLE_TEXT)
		return arena_printf(s->arena, "%s, strlen(%s)", c->name, c->name);
	const struct crossing *size = &s->call->at[c->size];

	return arena_printf(s->arena, "%s, %s%s%s", c->name, size->by_pointer ? "*" : "", size->name, wire_times(c, s->arena));
}

static struct list vectors(const struct making *s, bool out)
{
	const struct items *items = out ? &s->out : &s->in;
	struct list all = { 0 };

	if (items->count)
		list_push(&all, s->arena, (void *)item_vector(s, items, out));
	for (uint32_t i = 0; i < s->call->function->count; i++) {
		enum role role = s->call->at[i].role;

		if (out ? role == ROLE_DATA_OUT : role == ROLE_DATA_IN || role == ROLE_TEXT)
			list_push(&all, s->arena, (void *)data_vector(s, &s->call->at[i]));
	}
	return all;
}

static bool tells_used(const struct making *s)
{
	for (uint32_t i = 0; i < s->call->function->count; i++)
		if (wire_used(s->call, &s->call->at[i]))
			return true;
	return false;
}

/* As an array of its own where it is more than one, or asked for afterwards. */
static const char *put_vectors(const struct making *s, bool out, bool named)
{
	struct list all = vectors(s, out);
	const char *type = out ? "psa_outvec" : "psa_invec", *name = out ? "receive" : "send";

	if (!all.count)
		return "NULL, 0";
	if (all.count == 1 && !named)
		return arena_printf(s->arena, "&(%s){ %s }, 1", type, (const char *)all.at[0]);
	PUT(s, "\t%s%s %s[] = { ", out ? "" : "const ", type, name);
	for (size_t i = 0; i < all.count; i++)
		PUT(s, "%s{ %s }", i ? ", " : "", (const char *)all.at[i]);
	PUT(s, " };\n");
	return arena_printf(s->arena, "%s, %zu", name, all.count);
}

static void put_copies(const struct making *s)
{
	bool first = true;

	for (uint32_t i = 0; s->in.count > 1 && i < s->in.count; i++) {
		const char *name = s->in.at[i].name;

		if (!s->in.at[i].count)
			continue;
		PUT(s, "%s\tmemcpy(in.%s, %s, sizeof(in.%s));\n", first ? "\n" : "", name, name, name);
		first = false;
	}
}

static const char *cast_to(const struct making *s, const struct type *t)
{
	return t->kind == TYPE_ENUM ? arena_printf(s->arena, "(%s)", t->name) : "";
}

/* What came back, to where the caller wants it. */
static void put_back(const struct making *s, const char *indent)
{
	uint32_t vector = s->out.count > 0;

	for (uint32_t i = 0; is_temporary(&s->out) && i < s->out.count; i++) {
		const struct item *m = &s->out.at[i];
		const char *from = member(s, &s->out, i, true);

		if (!m->crossing)
			continue;
		if (m->count)
			PUT(s, "%smemcpy(%s, %s, sizeof(%s));\n", indent, m->crossing->name, from, from);
		else if (m->type->kind == TYPE_BOOL)
			PUT(s, "%s*%s = %s != 0;\n", indent, m->crossing->name, from);
		else
			PUT(s, "%s*%s = %s%s;\n", indent, m->crossing->name, cast_to(s, m->type), from);
	}
	for (uint32_t i = 0; i < s->call->function->count; i++) {
		const struct crossing *c = &s->call->at[i], *used = wire_used(s->call, c);

		if (used)
			PUT(s, "%s*%s = receive[%u].len%s;\n", indent, used->name, vector,
			    wire_element_size(c) == 1 ? "" : arena_printf(s->arena, " / sizeof(*%s)", c->name));
		vector += c->role == ROLE_DATA_OUT;
	}
}

static bool has_back(const struct making *s)
{
	uint32_t own = 0;

	for (uint32_t i = 0; i < s->out.count; i++)
		own += s->out.at[i].crossing != NULL;
	return (is_temporary(&s->out) && own) || tells_used(s);
}

static void put_status(const struct making *s, const char *send)
{
	if (!has_back(s)) {
		PUT(s, "\treturn %s;\n", send);
		return;
	}
	struct text back = { 0 };
	struct making inside = *s;

	inside.text = &back;
	put_back(&inside, "\t\t");
	bool several = strchr(back.at, '\n')[1] != '\0';

	PUT(s, "\tpsa_status_t status = %s;\n\n\tif (status >= 0)%s\n%s%s\treturn status;\n", send, several ? " {" : "", back.at, several ? "\t}\n" : "");
}

/* A function that has no word for failure ends with its service. */
static void put_value(const struct making *s, const char *send)
{
	const struct type *result = s->call->function->result;

	PUT(s, "\tif (%s != PSA_SUCCESS)\n\t\tpsa_panic();\n", send);
	put_back(s, "\t");
	for (uint32_t i = 0; i < s->out.count; i++) {
		const char *from = member(s, &s->out, i, true);

		if (s->out.at[i].crossing)
			continue;
		if (result->kind == TYPE_BOOL)
			PUT(s, "\treturn %s != 0;\n", from);
		else
			PUT(s, "\treturn %s%s;\n", cast_to(s, result), from);
	}
}

static void put_function(const struct contract *k, const struct call *c, struct text *t, struct arena *a)
{
	const struct making s = bind_making(k, c, t, a);
	size_t before;

	PUT(&s, "\n%s\n{\n", wire_prototype(c, a));
	before = t->size;
	put_in(&s);
	put_out(&s);
	const char *send = put_vectors(&s, false, false), *receive = put_vectors(&s, true, tells_used(&s));

	size_t declared = t->size;

	put_copies(&s);
	if (t->size == declared && declared > before && !(c->status && has_back(&s)))
		PUT(&s, "\n");
	send = arena_printf(a, "psa_call(%s_HANDLE, %s_MSG_%s, %s, %s)", k->word, k->word, c->word, send, receive);
	if (c->status)
		put_status(&s, send);
	else
		put_value(&s, send);
	PUT(&s, "}\n");
}

struct text bind_client(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };
	bool strings = false, panics = false;

	for (uint32_t i = 0; i < k->count; i++) {
		const struct call *c = &k->calls[i];

		panics |= !c->status;
		for (uint32_t n = 0; n < c->function->count; n++)
			strings |= c->at[n].role == ROLE_TEXT || (c->at[n].item && c->at[n].item->kind == TYPE_ARRAY);
	}
	wire_begin(&t, k, arena_printf(a, "its functions, for a client: each is a message to who provides %s", k->name), a);
	text_add(&t, a, "#include \"%s_messages.h\"\n\n%s#include <psa/%s.h>\n\n#include \"psa_manifest/sid.h\"\n", k->name,
		 strings ? "#include <string.h>\n\n" : "", panics ? "service" : "client");
	for (uint32_t i = 0; i < k->count; i++)
		put_function(k, &k->calls[i], &t, a);
	return t;
}
