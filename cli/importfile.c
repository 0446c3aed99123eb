/* SPDX-License-Identifier: Apache-2.0 */
#include "importfile.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ctokens.h"
#include "file.h"
#include "importwords.h"

enum { CONDITION_MAX = 64 };

/* One #if: what is known of its branches, whether this one is for a definition that somebody may make, and the braces before it, with which each begins. */
struct condition { bool dead, decided, unsure; int depth; };

struct reading {
	struct ctokens in;
	struct ctoken t;
	bool more;
	struct import_file *f;
	struct arena *a;
	struct condition conditions[CONDITION_MAX];
	int condition_count, depth;
	bool is_static;			/* the declaration that is being read */
	struct ctoken function;		/* the name in front of its parentheses; size 0: none */
	bool has_arguments;		/* more than (void) in them */
	struct ctoken before[3];	/* the last tokens, the latest first */
	bool terms;			/* a term of the condition that is being read was before */
};

static bool is(const struct ctoken *t, const char *text)
{
	return t->text.size == strlen(text) && memcmp(t->text.at, text, t->text.size) == 0;
}

static void next(struct reading *r)
{
	memmove(&r->before[1], &r->before[0], 2 * sizeof(r->before[0]));
	r->before[0] = r->t;
	r->more = ctokens_next(&r->in, &r->t);
	if (!r->more)
		r->t = (struct ctoken){ 0 };
}

static bool is_dead(const struct reading *r)
{
	for (int i = 0; i < r->condition_count && i < CONDITION_MAX; i++)
		if (r->conditions[i].dead)
			return true;
	return false;
}

static void note(struct reading *r, enum import_word_kind kind, const char *name, const struct ctoken *at)
{
	for (size_t i = 0; i < r->f->words.count; i++) {
		const struct import_word *w = r->f->words.at[i];

		if (w->kind == kind && !strcmp(w->name, name))
			return;
	}
	struct import_word *w = arena_new(r->a, struct import_word);

	*w = (struct import_word){ kind, name, at->line, at->column };
	list_push(&r->f->words, r->a, w);
}

static char *text_of(struct reading *r, const struct ctoken *t)
{
	return arena_string(r->a, t->text);
}

/* The rest of the line of a directive. */
static void skip_line(struct reading *r)
{
	while (r->more && !r->t.first)
		next(r);
}

/* One term of a condition, up to || or &&: is it false on a device, as it asks for what only others define? */
static bool is_foreign_term(struct reading *r, bool *plain)
{
	bool foreign = false, negated = is(&r->t, "!");
	int open = 0, count = 0;

	for (; r->more && !r->t.first && !is(&r->t, "|") && !is(&r->t, "&"); next(r), count++) {
		foreign |= r->t.kind == CTOKEN_NAME && importwords_foreign(text_of(r, &r->t));
		foreign |= !count && is(&r->t, "0");
		open += is(&r->t, "(") && !is(&r->before[0], "defined");
		negated |= is(&r->t, "<") || (is(&r->t, "=") && !is(&r->before[0], ">"));
	}
	*plain &= !open;
	return foreign && !negated;
}

/* A condition of terms with || and &&: is it false on a device for sure? */
static bool is_foreign(struct reading *r)
{
	bool all = true, any = false, plain = true;

	while (r->more && !r->t.first) {
		bool also = is(&r->t, "&");

		while (is(&r->t, "|") || is(&r->t, "&"))
			next(r);
		bool foreign = is_foreign_term(r, &plain);

		if (!also) {
			all &= any || !r->terms;
			any = false;
		}
		any |= foreign;
		r->terms = true;
	}
	all &= any;
	r->terms = false;
	return all && plain;
}

/* "!defined(X)" alone: is it true on a device for sure? */
static bool is_absence(struct reading *r)
{
	bool foreign = false;
	int names = 0;

	for (; r->more && !r->t.first; next(r)) {
		names += r->t.kind == CTOKEN_NAME && !is(&r->t, "defined");
		foreign |= r->t.kind == CTOKEN_NAME && importwords_foreign(text_of(r, &r->t));
	}
	return foreign && names == 1;
}

static void begin_condition(struct reading *r, bool on_absence)
{
	bool absence = on_absence || is(&r->t, "!"), foreign = absence ? is_absence(r) : is_foreign(r);

	if (r->condition_count < CONDITION_MAX)
		r->conditions[r->condition_count] = (struct condition){ foreign && !absence, foreign && absence, !absence, r->depth };
	r->condition_count++;
}

static void turn_condition(struct reading *r)
{
	if (r->condition_count > CONDITION_MAX || !r->condition_count)
		return;
	struct condition *c = &r->conditions[r->condition_count - 1];

	c->dead = c->decided;
	c->unsure = !c->unsure;
	r->depth = c->depth;
}

static void read_include(struct reading *r)
{
	struct ctoken at = r->t;

	if (is_dead(r))
		return;
	if (is(&at, "<")) {
		struct bytes name = ctokens_until(&r->in, '>');

		if (name.size)
			note(r, WORD_INCLUDE, arena_string(r->a, name), &at);
	} else if (at.kind == CTOKEN_STRING && at.text.size > 2) {
		note(r, WORD_INCLUDE_QUOTED, arena_string(r->a, bytes_part(at.text, 1, at.text.size - 2)), &at);
	}
}

static void read_word(struct reading *r);

/* A macro's name is the file's own; what it stands for is read as if it stood in a function. */
static void read_define(struct reading *r)
{
	struct ctoken name = r->t;
	size_t size = name.text.size;

	if (is_dead(r) || name.kind != CTOKEN_NAME)
		return;
	list_push(&r->f->own, r->a, text_of(r, &name));
	next(r);
	if (is(&r->t, "(") && r->t.joined)
		while (r->more && !r->t.first && !is(&r->t, ")"))
			next(r);
	if (r->t.kind == CTOKEN_NUMBER && !r->t.first && size > 5 && !memcmp(name.text.at + size - 5, "_BASE", 5) &&
	    importwords_register(text_of(r, &r->t)))
		note(r, WORD_ADDRESS, text_of(r, &r->t), &r->t);
	int depth = r->depth;
	r->depth = 1;
	while (r->more && !r->t.first)
		read_word(r);
	r->depth = depth;
}

static void read_directive(struct reading *r)
{
	next(r);
	if (!r->more || r->t.first)
		return;
	struct ctoken word = r->t;

	if (is(&word, "include")) {
		next(r);
		read_include(r);
	} else {
		next(r);
		if (is(&word, "define") && r->more && !r->t.first)
			read_define(r);
		else if (is(&word, "if") || is(&word, "ifdef") || is(&word, "ifndef"))
			begin_condition(r, word.text.size == 6);
		else if (is(&word, "else") || is(&word, "elif"))
			turn_condition(r);
		else if (is(&word, "endif") && r->condition_count)
			r->condition_count--;
	}
	skip_line(r);
}

/* In front of a call stands no type, and no '.' or '->'. */
static bool is_call(const struct reading *r)
{
	static const char *const before[] = { "return", "else", "do", "case" };
	const struct ctoken *b = &r->before[1];

	if (is(b, ".") || (is(b, ">") && is(&r->before[2], "-")))
		return false;
	if (b->kind != CTOKEN_NAME || !b->text.size)
		return true;
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (is(b, before[i]))
			return true;
	return false;
}

/* What a token inside a function says; goes on to the next. */
static void read_word(struct reading *r)
{
	struct ctoken t = r->t;
	bool cast = is(&r->before[0], ")") || (is(&r->before[0], "(") && is(&r->before[1], ")"));
	bool pointer = cast && (is(&r->before[1], "*") || is(&r->before[2], "*"));

	next(r);
	if (t.kind == CTOKEN_NUMBER && pointer && importwords_register(text_of(r, &t)))
		note(r, WORD_ADDRESS, text_of(r, &t), &t);
	if (t.kind != CTOKEN_NAME)
		return;
	if (is(&t, "asm") || is(&t, "__asm") || is(&t, "__asm__"))
		note(r, WORD_ASSEMBLY, "asm", &t);
	else if (is(&r->t, "(") && is_call(r))
		note(r, WORD_CALL, text_of(r, &t), &t);
	else if (importwords_told(text_of(r, &t)))
		note(r, WORD_NAME, text_of(r, &t), &t);
}

/* The parentheses behind a name outside of functions: parameters, or what a macro takes. */
static void read_parameters(struct reading *r)
{
	int open = 0;
	size_t names = 0;

	r->has_arguments = false;
	do {
		open += is(&r->t, "(") - is(&r->t, ")");
		names += r->t.kind == CTOKEN_NAME && !is(&r->t, "void");
		next(r);
	} while (r->more && open > 0);
	r->has_arguments = names > 0;
}

/* A main that only some definition brings is not the program's. */
static bool is_unsure(const struct reading *r)
{
	for (int i = 0; i < r->condition_count && i < CONDITION_MAX; i++)
		if (r->conditions[i].unsure)
			return true;
	return false;
}

static void define_function(struct reading *r)
{
	struct ctoken *t = &r->function;

	if (is(t, "main") && !is_unsure(r)) {
		r->f->main_line = t->line;
		r->f->main_has_arguments = r->has_arguments;
	} else if (r->is_static) {
		list_push(&r->f->own, r->a, text_of(r, t));
	} else {
		struct import_word *w = arena_new(r->a, struct import_word);

		*w = (struct import_word){ WORD_CALL, text_of(r, t), t->line, t->column };
		list_push(&r->f->functions, r->a, w);
	}
}

/* A token outside of functions. */
static void read_outside(struct reading *r)
{
	struct ctoken t = r->t;

	if (is(&t, "{")) {
		bool linkage = r->before[0].kind == CTOKEN_STRING && is(&r->before[1], "extern");

		if (r->function.text.size)
			define_function(r);
		r->function.text.size = 0;
		r->depth += !linkage;
		next(r);
		return;
	}
	if (is(&t, ";") || is(&t, "=") || is(&t, "}")) {
		r->function.text.size = 0;
		r->is_static = false;
	}
	r->is_static |= is(&t, "static") || is(&t, "inline") || is(&t, "__inline") || is(&t, "__inline__");
	if (is(&t, "asm") || is(&t, "__asm") || is(&t, "__asm__"))
		note(r, WORD_ASSEMBLY, "asm", &t);
	next(r);
	if (t.kind == CTOKEN_NAME && !is(&r->t, "(") && importwords_told(text_of(r, &t)))
		note(r, WORD_NAME, text_of(r, &t), &t);
	if (t.kind == CTOKEN_NAME && is(&r->t, "(") && !is(&t, "__attribute__") && !is(&t, "__declspec")) {
		read_parameters(r);
		r->function = t;
	}
}

static void find_licence(struct import_file *f, struct arena *a)
{
	static const char mark[] = "SPDX-License-Identifier:";
	const char *at = strstr(arena_string(a, bytes_part(f->text, 0, f->text.size < 4096 ? f->text.size : 4096)), mark);

	if (!at)
		return;
	at += sizeof(mark) - 1;
	at += strspn(at, " ");
	size_t end = strcspn(at, "\r\n*");
	while (end && at[end - 1] == ' ')
		end--;
	f->licence = arena_printf(a, "%.*s", (int)end, at);
}

void importfile_read(struct import_file *f, struct arena *a)
{
	struct reading r = { .in = ctokens_of(f->text), .f = f, .a = a };

	find_licence(f, a);
	next(&r);
	while (r.more) {
		if (r.t.first && is(&r.t, "#")) {
			read_directive(&r);
		} else if (is_dead(&r)) {
			next(&r);
		} else if (!r.depth) {
			read_outside(&r);
		} else {
			r.depth += is(&r.t, "{") - is(&r.t, "}");
			read_word(&r);
		}
	}
}

static bool ends(const char *path, const char *const *endings)
{
	const char *dot = strrchr(path_name(path), '.');

	for (; dot && *endings; endings++)
		if (!strcmp(dot, *endings))
			return true;
	return false;
}

enum import_kind importfile_kind(const char *path)
{
	static const char *const cxx[] = { ".cc", ".cpp", ".cxx", ".C", ".c++", NULL }, *const assembly[] = { ".s", ".S", ".asm", NULL };
	static const char *const c[] = { ".c", NULL }, *const header[] = { ".h", ".inc", ".def", ".inl", ".hpp", NULL };
	const char *name = path_name(path);

	if (!strncasecmp(name, "licen", 5) || !strncasecmp(name, "copying", 7))
		return IMPORT_LICENCE;
	return ends(path, c) ? IMPORT_C : ends(path, header) ? IMPORT_HEADER : ends(path, cxx) ? IMPORT_CXX : ends(path, assembly) ? IMPORT_ASSEMBLY : IMPORT_OTHER;
}
