/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms api doc: a page about an interface, for who calls it: each function with its parameters, what is sent and what comes back,
 * its errors; the types; and by which version and fingerprint one knows it.
 */
#include "command.h"

#include <string.h>

#include "canon.h"
#include "file.h"
#include "project.h"
#include "remark.h"
#include "sheet.h"
#include "wire.h"

#define ROW(s, head, ...) sheet_row(s, head, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

enum { PARENTS = 3 };

/* What the project says whose header it is: its folder is one of those above. */
static const struct interface *find_provided(const struct contract *k, struct arena *a)
{
	const char *real = path_real(a, k->header->path), *folder = real;
	struct project *p = arena_new(a, struct project);
	struct err ignored = { 0 };

	for (int i = 0; real && i < PARENTS; i++) {
		folder = path_folder(a, folder);
		if (!file_exists(path_join(a, folder, "ms.yaml")) || project_open(folder, NULL, a, p, &ignored) < 0)
			continue;
		for (uint32_t n = 0; n < p->provide_count; n++) {
			const char *header = p->provides[n].header ? path_real(a, path_join(a, p->root, p->provides[n].header)) : NULL;

			if (header && !strcmp(header, real))
				return &p->provides[n];
		}
	}
	return NULL;
}

static const char *direction(const struct crossing *c)
{
	switch (c->role) {
	case ROLE_OUT:
	case ROLE_DATA_OUT:
	case ROLE_USED:
		return "out";
	case ROLE_INOUT:
		return "in and out";
	case ROLE_SIZE:
		return c->by_pointer ? "in and out" : "in";
	default:
		return "in";
	}
}

static const char *plural(uint64_t n, const char *what, struct arena *a)
{
	return arena_printf(a, "%llu %s%s", (unsigned long long)n, what, n == 1 ? "" : "s");
}

/* What of it is sent. */
static const char *amount(const struct call *c, const struct crossing *x, struct arena *a)
{
	switch (x->role) {
	case ROLE_TEXT:
		return arena_printf(a, "a text of at most %s", plural(x->max, "byte", a));
	case ROLE_DATA_IN:
	case ROLE_DATA_OUT:
		return arena_printf(a, "as much as %s says, at most %s", c->at[x->size].name,
				    wire_element_size(x) == 1 ? plural(x->max, "byte", a) :
				    arena_printf(a, "%s of %s", plural(x->max, "element", a), plural(wire_element_size(x), "byte", a)));
	case ROLE_SIZE:
		return arena_printf(a, c->at[x->data].role == ROLE_DATA_IN ? "how much there is in %s" : "how much room there is in %s", c->at[x->data].name);
	case ROLE_USED:
		return arena_printf(a, "how much was written to %s", c->at[x->data].name);
	default:
		return plural(rules_item_size(x->item), "byte", a);
	}
}

static void put_parameters(struct sheet *s, const struct call *c, const struct remarks *r)
{
	const struct type *result = c->function->result;
	struct arena *a = s->arena;

	if (!c->function->count && result->kind == TYPE_VOID)
		return;
	ROW(s, true, "", "", "on the way", "");
	for (uint32_t i = 0; i < c->function->count; i++)
		ROW(s, false, arena_printf(a, "`%s", wire_declare(c->function->at[i].type, c->at[i].name, a)), direction(&c->at[i]), amount(c, &c->at[i], a),
		    c->function->at[i].name ? remark_of(r, REMARK_PARAMETER, c->function->at[i].name) : "");
	if (result->kind != TYPE_VOID)
		ROW(s, false, arena_printf(a, "`%s", result->words), "returned", c->status ? "the status" : plural(rules_item_size(result), "byte", a), remark_of(r, REMARK_RESULT, ""));
	sheet_table_end(s);
}

/* Those that messages bring about, and those of which the comment tells. */
static void put_errors(struct sheet *s, const struct call *c, const struct remarks *r)
{
	static const char *const own[][2] = {
		{ "PSA_ERROR_COMMUNICATION_FAILURE", "the service has ended" },
		{ "PSA_ERROR_INVALID_ARGUMENT", "a size or a value is none that can be sent" },
		{ "PSA_ERROR_NOT_SUPPORTED", "the service has an older version, without this function" },
	};

	if (!c->status) {
		sheet_paragraph(s, "It cannot say that its service has failed: the caller is then stopped.");
		return;
	}
	ROW(s, true, "error", "");
	for (size_t i = 0; i < r->all.count; i++) {
		const struct remark *m = r->all.at[i];

		if (m->kind == REMARK_ERROR)
			ROW(s, false, arena_printf(s->arena, "`%s", m->name), m->text);
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!*remark_of(r, REMARK_ERROR, own[i][0]))
			ROW(s, false, arena_printf(s->arena, "`%s", own[i][0]), own[i][1]);
	sheet_table_end(s);
}

static void put_function(struct sheet *s, const struct call *c)
{
	struct remarks r = remark_read(c->function->comment, s->arena);

	sheet_heading(s, 3, c->function->name);
	sheet_code(s, arena_printf(s->arena, "%s;", wire_prototype(c, s->arena)));
	sheet_paragraph(s, r.text);
	put_parameters(s, c, &r);
	put_errors(s, c, &r);
}

/* The structs and enums in what crosses, each once. */
static void add_type(struct list *all, const struct type *t, struct arena *a)
{
	while (t->kind == TYPE_ARRAY)
		t = t->to;
	if (t->kind != TYPE_STRUCT && t->kind != TYPE_ENUM)
		return;
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(((const struct type *)all->at[i])->name, t->name))
			return;
	list_push(all, a, (void *)t);
	for (uint32_t i = 0; t->kind == TYPE_STRUCT && i < t->record->count; i++)
		add_type(all, t->record->at[i].type, a);
}

static struct list types_of(const struct contract *k, struct arena *a)
{
	struct list all = { 0 };

	for (uint32_t i = 0; i < k->count; i++) {
		const struct call *c = &k->calls[i];

		for (uint32_t n = 0; n < c->function->count; n++)
			if (c->at[n].item)
				add_type(&all, c->at[n].item, a);
		add_type(&all, c->function->result, a);
	}
	return all;
}

static void put_type(struct sheet *s, const struct type *t)
{
	struct arena *a = s->arena;

	sheet_heading(s, 3, t->name);
	if (t->kind == TYPE_ENUM) {
		ROW(s, true, "constant", "value");
		for (uint32_t i = 0; i < t->enumeration->count; i++)
			ROW(s, false, arena_printf(a, "`%s", t->enumeration->at[i].name), arena_printf(a, "%lld", (long long)t->enumeration->at[i].value));
	} else {
		ROW(s, true, "member", "at byte", "bytes");
		for (uint32_t i = 0; i < t->record->count; i++) {
			const struct member *m = &t->record->at[i];

			ROW(s, false, arena_printf(a, "`%s", wire_declare(m->type, m->name, a)), arena_printf(a, "%llu", (unsigned long long)m->offset),
			    arena_printf(a, "%llu", (unsigned long long)m->type->size));
		}
	}
	sheet_table_end(s);
}

static void put_head(struct sheet *s, const struct contract *k)
{
	const struct interface *n = find_provided(k, s->arena);

	sheet_begin(s, k->name);
	sheet_heading(s, 1, k->name);
	sheet_paragraph(s, k->header->comment);
	ROW(s, true, "", "");
	ROW(s, false, "header", arena_printf(s->arena, "`%s", k->file));
	if (n) {
		ROW(s, false, "version", arena_printf(s->arena, "%u, %s", (unsigned)n->version, n->policy));
		ROW(s, false, "number (sid)", arena_printf(s->arena, "`0x%08x", (unsigned)n->sid));
	}
	ROW(s, false, "fingerprint", arena_printf(s->arena, "`%s", canon_fingerprint(k, s->arena)));
	ROW(s, false, "functions", arena_printf(s->arena, "%u", k->count));
	sheet_table_end(s);
}

int command_doc(const struct request *r, struct arena *a, struct err *e)
{
	struct sheet s = { .arena = a, .html = r->html };
	struct contract k;

	int rc = command_read_whole(r, r->operands[0], a, &k, e);
	if (rc < 0)
		return rc;
	put_head(&s, &k);
	sheet_heading(&s, 2, "Functions");
	for (uint32_t i = 0; i < k.count; i++)
		put_function(&s, &k.calls[i]);
	struct list types = types_of(&k, a);

	if (types.count)
		sheet_heading(&s, 2, "Types");
	for (size_t i = 0; i < types.count; i++)
		put_type(&s, types.at[i]);
	sheet_end(&s);
	return command_write_part(r, &k, r->html ? ".html" : ".md", s.text, a, e);
}
