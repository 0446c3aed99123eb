/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "interface.h"
#include "manifest.h"
#include "rules_parts.h"

struct applying {
	struct arena *arena;
	const struct header *pc, *board;
	const struct list *library;
	struct contract *out;
	struct list gaps;		/* const char *: structs that were remarked on for theirs */
};

static void find(struct applying *w, struct place at, bool refused, const char *function, const char *text, const char *fix)
{
	struct finding *f = arena_new(w->arena, struct finding);

	*f = (struct finding){ at, refused, function, text, fix };
	list_push(&w->out->findings, w->arena, f);
}

static bool refuse(struct applying *w, const struct function *f, struct place at, const char *text, const char *fix)
{
	find(w, at, true, f->name, text, fix);
	return false;
}

/* Names that generated code uses itself. */
static bool is_taken(const char *name)
{
	static const char *const own[] = {
		"in", "out", "send", "receive", "status", "result", "m", "room", "size_t", "fake", "fake_copy", "mock", "true", "false", "bool",
		"strlen", "strnlen", "memcpy", "memset", "snprintf",
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!strcmp(name, own[i]))
			return true;
	return false;
}

/* Generated code's words of messages begin like this. */
static bool is_system(const char *name)
{
	return !strncmp(name, "psa_", 4) || !strncmp(name, "PSA_", 4) || !strncmp(name, "ms_", 3) || !strncmp(name, "MS_", 3);
}

/* Of a type that the function's code may have to name: "uint8_t" is a parameter's name in "int f(int uint8_t)". */
static bool is_type(const struct call *c, const char *name)
{
	size_t size = strlen(name);

	for (uint32_t i = 0; i < c->function->count; i++) {
		const struct type *t = c->function->at[i].type;

		if (!strcmp(t->name, name) || (t->to && !strcmp(t->to->name, name)))
			return true;
	}
	return size > 2 && !strcmp(name + size - 2, "_t") && (!strncmp(name, "int", 3) || !strncmp(name, "uint", 4));
}

static bool is_used(const struct call *c, uint32_t i, const char *name)
{
	for (uint32_t k = 0; k < c->function->count; k++)
		if ((k < i && !strcmp(c->at[k].name, name)) || (k > i && c->function->at[k].name && !strcmp(c->function->at[k].name, name)))
			return true;
	return false;
}

static void name_parameters(struct call *c, struct arena *a)
{
	for (uint32_t i = 0; i < c->function->count; i++) {
		const char *name = c->function->at[i].name;

		name = name ? name : arena_printf(a, "arg%u", i + 1);
		if (is_system(name))
			name = arena_printf(a, "arg_%s", name);
		while (is_taken(name) || is_type(c, name) || !strcmp(name, c->function->name) || is_used(c, i, name))
			name = arena_printf(a, "%s_", name);
		c->at[i].name = name;
	}
}

static void count_vectors(struct call *c)
{
	for (uint32_t i = 0; i < c->function->count; i++) {
		enum role role = c->at[i].role;

		c->in_items += role == ROLE_IN || role == ROLE_INOUT;
		c->out_items += role == ROLE_OUT || role == ROLE_INOUT;
		c->in_data += role == ROLE_DATA_IN || role == ROLE_TEXT;
		c->out_data += role == ROLE_DATA_OUT;
	}
	c->out_items += !c->status && c->function->result->kind != TYPE_VOID;
}

const char *rules_function_name(const struct contract *k, struct arena *a)
{
	char *name = arena_printf(a, "%s", k->name);

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}

static bool judge_result(struct applying *w, const struct function *f, const struct function *board)
{
	struct objection o = { 0 };

	if (f->result->kind == TYPE_VOID)
		return true;
	if (f->result->kind == TYPE_POINTER)
		return refuse(w, f, f->place, "it returns a pointer, which means nothing in the memory of another service",
			      "let the caller give room for it: 'NAME, size_t NAME_size'");
	return rules_type_fits(f->result, board->result, false, w->arena, &o) ||
	       refuse(w, f, f->place, arena_printf(w->arena, "its result: %s", o.text), o.fix);
}

/* Messages, fakes and dispatchers have names that are made of the function's. */
static bool judge_tags(struct applying *w, const struct function *f)
{
	static const char *const ends[] = { "in", "out", "fake" };
	size_t size = strlen(f->name);

	for (size_t i = 0; i < w->pc->tags.count; i++) {
		const char *tag = w->pc->tags.at[i];

		for (size_t n = 0; n < sizeof(ends) / sizeof(*ends); n++)
			if (!strncmp(tag, f->name, size) && tag[size] == '_' && !strcmp(tag + size + 1, ends[n]))
				return refuse(w, f, f->place, arena_printf(w->arena, "generated code has a 'struct %s', too", tag), "rename the struct");
	}
	for (size_t i = 0; !strncmp(f->name, "serve_", 6) && i < w->pc->functions.count; i++)
		if (!strcmp(((const struct function *)w->pc->functions.at[i])->name, f->name + 6))
			return refuse(w, f, f->place, arena_printf(w->arena, "generated code has a function of this name for '%s'", f->name + 6), "rename it");
	return true;
}

/* Names that the service itself and its dispatcher have. */
static bool is_reserved(const char *name, const char *interface)
{
	static const char *const ends[] = { "serve", "serve_all", "dispatch" };
	size_t size = strlen(interface);

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (!strncmp(name, interface, size) && name[size] == '_' && !strcmp(name + size + 1, ends[i]))
			return true;
	return !strcmp(name, "main");
}

static bool judge_form(struct applying *w, const struct function *f)
{
	const char *name = rules_function_name(w->out, w->arena);

	if (f->variadic)
		return refuse(w, f, f->place, "it takes any number of arguments, whose types nobody knows", "write a function for each use");
	if (f->endless)
		return refuse(w, f, f->place, "it never returns, and who calls another service waits for its answer", "take 'noreturn' away; it may return psa_status_t");
	if (f->unprototyped)
		return refuse(w, f, f->place, "its parameters are not declared", "write (void) if it has none");
	if (is_reserved(f->name, name))
		return refuse(w, f, f->place, "generated code or the service itself has a function of this name", "rename it");
	if (library_has(w->library, f->name))
		return refuse(w, f, f->place, "services have a function of this name from the C library or the SDK", arena_printf(w->arena, "name it %s_%s", name, f->name));
	return judge_tags(w, f);
}

/* The same function for the board; most stand at the same place. */
static const struct function *on_board(const struct applying *w, const struct function *f, size_t place)
{
	const struct list *all = &w->board->functions;

	for (size_t i = 0; i < all->count; i++) {
		const struct function *other = all->at[(place + i) % all->count];

		if (!strcmp(other->name, f->name))
			return other;
	}
	return NULL;
}

static bool judge_function(struct applying *w, const struct function *f, const struct function *board, struct call *c)
{
	struct objection o = { 0 };

	if (!board || board->count != f->count)
		return refuse(w, f, f->place, board ? "it has other parameters on the PC than on the board" : "it is there on the PC and not on the board",
			      "let #if change nothing of it");
	*c = (struct call){ .function = f, .at = arena_array(w->arena, struct crossing, f->count + 1) };
	if (!judge_form(w, f) || !judge_result(w, f, board))
		return false;
	struct judging j = { w->arena, w->pc, w->out->name, f, board, c->at };
	uint32_t bad = rules_roles(&j, &o);

	if (bad != NO_PARAMETER)
		return refuse(w, f, f->at[bad].place, f->at[bad].name ? arena_printf(w->arena, "parameter '%s': %s", f->at[bad].name, o.text) :
			      arena_printf(w->arena, "parameter %u: %s", bad + 1, o.text), o.fix);
	c->status = !strcmp(f->result->name, "psa_status_t");
	count_vectors(c);
	name_parameters(c, w->arena);
	uint32_t vectors = (c->in_items > 0) + (c->out_items > 0) + c->in_data + c->out_data;

	return vectors <= VECTOR_MAX ||
	       refuse(w, f, f->place, arena_printf(w->arena, "it needs %u vectors, and a message has %d", vectors, VECTOR_MAX),
		      "put data together, or write two functions");
}

static char *upper(struct arena *a, const char *name)
{
	char *copy = arena_printf(a, "%s", name);

	for (char *c = copy; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

/* "ADD" of adder_add in the interface adder, "SUM" of sum. */
static const char *word_of(const struct applying *w, const char *function)
{
	const char *all = upper(w->arena, function), *name = w->out->word;
	size_t size = strlen(name);

	return !strncmp(all, name, size) && all[size] == '_' && all[size + 1] ? all + size + 1 : all;
}

static int by_word(const void *a, const void *b)
{
	const struct call *one = *(const struct call *const *)a, *other = *(const struct call *const *)b;
	int order = strcmp(one->word, other->word);

	return order ? order : (one->number > other->number) - (one->number < other->number);
}

/* Two names that differ by case or by the interface's own name only. */
static void check_words(struct applying *w)
{
	struct contract *k = w->out;
	struct call **sorted = arena_array(w->arena, struct call *, k->count + 1);

	for (uint32_t i = 0; i < k->count; i++)
		sorted[i] = &k->calls[i];
	qsort(sorted, k->count, sizeof(*sorted), by_word);
	for (uint32_t i = 1; i < k->count; i++)
		if (!strcmp(sorted[i]->word, sorted[i - 1]->word)) {
			refuse(w, sorted[i]->function, sorted[i]->function->place, arena_printf(w->arena, "its messages would be %s_MSG_%s, as those of '%s'",
			       k->word, sorted[i]->word, sorted[i - 1]->function->name), "rename it");
			k->refused++;
		}
}

/* What lay in a struct between its members goes along: said once for each struct. */
static void remark_gap(struct applying *w, const struct function *f, struct place place, const struct type *t)
{
	struct gap g;

	if (!t || !rules_gap(t, &g))
		return;
	for (size_t i = 0; i < w->gaps.count; i++)
		if (!strcmp((const char *)w->gaps.at[i], g.of->name))
			return;
	list_push(&w->gaps, w->arena, (void *)g.of->name);
	find(w, place, false, f->name, arena_printf(w->arena, "'%s' has %u byte%s without a meaning behind '%s': what lay there in memory is sent, too", g.of->name, g.size,
	     g.size == 1 ? "" : "s", g.behind), arena_printf(w->arena, "write 'uint8_t reserved[%u];' there and set it to zeros", g.size));
}

/* What is good to know of a function that crosses. */
static void remark(struct applying *w, const struct call *c)
{
	const struct function *f = c->function;

	if (!c->status)
		find(w, f->place, false, f->name, "it cannot say that its service has failed: the caller is then stopped",
		     "return psa_status_t to tell it");
	remark_gap(w, f, f->place, f->result);
	for (uint32_t i = 0; i < f->count; i++) {
		remark_gap(w, f, f->at[i].place, c->at[i].item);
		if (c->at[i].item && c->at[i].item->kind == TYPE_CHAR && c->at[i].role == ROLE_IN && !c->at[i].by_pointer)
			find(w, f->at[i].place, false, f->name, "char is signed on the PC and unsigned on the board", "write uint8_t or int8_t");
	}
}

static void judge_functions(struct applying *w)
{
	struct contract *k = w->out;
	size_t count = w->pc->functions.count;

	k->calls = arena_array(w->arena, struct call, count + 1);
	for (size_t i = 0, number = 0; i < count; i++) {
		const struct function *f = w->pc->functions.at[i];
		struct call *c = &k->calls[k->count];

		if (f->local) {
			find(w, f->place, false, f->name, "it has its body here: each caller runs it itself, and nothing is sent", NULL);
			continue;
		}
		number++;
		k->total++;
		if (!judge_function(w, f, on_board(w, f, i), c)) {
			k->refused++;
			continue;
		}
		c->word = word_of(w, f->name);
		c->number = (uint32_t)number;
		remark(w, c);
		k->count++;
	}
}

static void judge_others(struct applying *w)
{
	bool any = false;

	for (size_t i = 0; i < w->pc->others.count; i++) {
		const struct other *o = w->pc->others.at[i];

		any |= o->macro;
		find(w, o->place, false, NULL, arena_printf(w->arena, o->macro ? "the macro '%s' is expanded in the caller: nothing is sent" :
		     "the variable '%s' stays in its service: clients do not see it", o->name), NULL);
	}
	if (!w->out->count && !w->out->refused)
		find(w, (struct place){ 1, 1 }, true, NULL, any ? "there are macros here and no function" : "there is no function here",
		     "declare functions: 'psa_status_t adder_add(int32_t a, int32_t b, int32_t *sum);'");
	if (w->out->count + w->out->refused > CALL_MAX)
		find(w, (struct place){ 1, 1 }, true, NULL, arena_printf(w->arena, "there are more than %d functions", CALL_MAX), "make two interfaces of it");
}

static int by_place(const void *a, const void *b)
{
	const struct finding *one = *(const struct finding *const *)a, *other = *(const struct finding *const *)b;

	if (one->place.line != other->place.line)
		return one->place.line - other->place.line;
	return one->place.column - other->place.column;
}

static int take_name(const struct header *h, const char *name, struct arena *a, struct contract *out, struct err *e)
{
	const char *file = path_name(h->path), *dot = strrchr(file, '.');

	name = name ? name : arena_printf(a, "%.*s", (int)(dot ? dot - file : (long)strlen(file)), file);
	if (!manifest_interface_name_ok((struct bytes){ (const uint8_t *)name, strlen(name) })) {
		err_set(e, ERR_NAME, "'%.60s' cannot be the name of an interface", name);
		return err_fix(e, "give it one: --name NAME, of letters, digits, '-' and '_', beginning with a letter");
	}
	if (strpbrk(file, "\"\\\n\r?<>")) {
		err_set(e, ERR_HEADER_NAME, "'%.60s' cannot stand behind #include", file);
		return err_fix(e, "rename the header");
	}
	out->name = name;
	out->word = interface_word(name, a);
	out->file = file;
	return MS_OK;
}

int rules_apply(const struct header *pc, const struct header *board, const char *name, const struct list *library, struct arena *a, struct contract *out,
		struct err *e)
{
	struct contract k = { .header = pc };
	struct applying w = { .arena = a, .pc = pc, .board = board, .library = library, .out = &k };

	int rc = take_name(pc, name, a, &k, e);
	if (rc < 0)
		return rc;
	if (pc->functions.count != board->functions.count) {
		err_set(e, ERR_TWO_HEADERS, "'%s' declares %zu functions for the PC and %zu for the board", pc->path, pc->functions.count, board->functions.count);
		return err_fix(e, "take away '#if' that asks for the processor");
	}
	judge_functions(&w);
	check_words(&w);
	judge_others(&w);
	if (k.findings.count)
		qsort(k.findings.at, k.findings.count, sizeof(*k.findings.at), by_place);
	*out = k;
	return MS_OK;
}
