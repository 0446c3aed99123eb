/* SPDX-License-Identifier: Apache-2.0 */
#include "manual.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "globals.h"
#include "help.h"
#include "version.h"

/* Of the pages' form; what they say follows the version. */
#define MANUAL_DATE "November 21, 2026"

enum { LINE_SIZE = 78 };

struct page_text { struct text text; struct arena *a; };

/* One word, so that mdoc takes neither it nor its line for a macro. */
static void add_word(struct page_text *t, const char *word, size_t size, bool line_start)
{
	if (line_start && (*word == '.' || *word == '\''))
		text_add(&t->text, t->a, "\\&");
	for (size_t i = 0; i < size; i++)
		text_add(&t->text, t->a, word[i] == '\\' ? "\\e" : "%c", word[i]);
}

/* Plain text as mdoc wants it: lines are short, and a sentence begins a line. */
static void add_plain(struct page_text *t, const char *plain)
{
	size_t column = 0;
	char last = 0;

	for (const char *word = plain + strspn(plain, " \n"); *word; word += strspn(word, " \n")) {
		size_t size = strcspn(word, " \n");
		bool sentence = last && strchr(".?!", last) && isupper((unsigned char)*word);

		if (column && (sentence || column + 1 + size > LINE_SIZE))
			column = 0;
		if (last)
			text_add(&t->text, t->a, column ? " " : "\n");
		add_word(t, word, size, column == 0);
		column += size + 1;
		word += size;
		last = word[-1];
	}
	text_add(&t->text, t->a, "\n");
}

static void add_paragraphs(struct page_text *t, const char *plain)
{
	bool first = true;

	while (*plain) {
		const char *end = strstr(plain, "\n\n");
		size_t size = end ? (size_t)(end - plain) : strlen(plain);

		if (!first)
			text_add(&t->text, t->a, ".Pp\n");
		add_plain(t, arena_printf(t->a, "%.*s", (int)size, plain));
		plain += size;
		plain += strspn(plain, "\n");
		first = false;
	}
}

static void add_options(struct page_text *t, const struct opt *o)
{
	text_add(&t->text, t->a, ".Bl -tag -width Ds\n");
	for (; o->kind; o++) {
		if (!o->help)
			continue;
		text_add(&t->text, t->a, ".It ");
		if (o->letter)
			text_add(&t->text, t->a, "Fl %c , ", o->letter);
		text_add(&t->text, t->a, "Fl \\-%s", o->name);
		if (o->value)
			text_add(&t->text, t->a, " Ar %s", o->value);
		text_add(&t->text, t->a, "\n");
		add_plain(t, o->help);
	}
	text_add(&t->text, t->a, ".El\n");
}

static bool has_options(const struct opt *o)
{
	while (o && o->kind && !o->help)
		o++;

	return o && o->kind;
}

static void add_named(struct page_text *t, const char *macro, const struct example *x)
{
	text_add(&t->text, t->a, ".Bl -tag -width Ds\n");
	for (; x->command; x++) {
		text_add(&t->text, t->a, ".It %s %s\n", macro, x->command);
		add_plain(t, x->what);
	}
	text_add(&t->text, t->a, ".El\n");
}

static void add_status(struct page_text *t, const struct status *s)
{
	text_add(&t->text, t->a, ".It %d\n", s->status);
	add_plain(t, s->when);
}

static void add_statuses(struct page_text *t, const struct status *own)
{
	text_add(&t->text, t->a, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
	for (const struct status *s = help_statuses; s->when; s++) {
		for (; own && own->when && own->status < s->status; own++)
			add_status(t, own);
		add_status(t, s);
	}
	text_add(&t->text, t->a, ".El\n.Pp\nEach failure also has a code, such as MS1105:\n.Ql ms explain MS1105\ntells why it comes and what to do, and\n.Ql ms explain\nlists all.\n");
}

static void add_examples(struct page_text *t, const struct example *x)
{
	text_add(&t->text, t->a, ".Sh EXAMPLES\n");
	for (; x->command; x++) {
		text_add(&t->text, t->a, "To %s:\n.Bd -literal -offset indent\n", x->what);
		add_word(t, x->command, strlen(x->command), true);
		text_add(&t->text, t->a, "\n.Ed\n%s", x[1].command ? ".Pp\n" : "");
	}
}

static void add_head(struct page_text *t, const char *name, const char *summary)
{
	char *upper = arena_printf(t->a, "%s", name);

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	text_add(&t->text, t->a, ".\\\" Made by 'ms help --man'.\n.Dd " MANUAL_DATE "\n.Dt %s 1\n.Os \"Microservice SDK %s\"\n", upper, ms_version);
	text_add(&t->text, t->a, ".Sh NAME\n.Nm %s\n.Nd %s\n", name, summary);
}

/* "[DIR...]" as ".Op Ar DIR ..." */
static void add_operands(struct page_text *t, const char *operands)
{
	for (const char *word = operands; *word; word += strspn(word, " ")) {
		size_t size = strcspn(word, " ");
		const char *begin = word + (*word == '[');
		size_t letters = strcspn(begin, " .]");

		text_add(&t->text, t->a, "%s %.*s%s\n", *word == '[' ? ".Op Ar" : ".Ar", (int)letters, begin,
			 memmem(word, size, "...", 3) ? " ..." : "");
		word += size;
	}
}

static void add_commands(struct page_text *t, const struct verb *c)
{
	text_add(&t->text, t->a, ".Pp\nThe commands are:\n.Bl -tag -width Ds\n");
	for (; c->name; c++) {
		text_add(&t->text, t->a, ".It Cm %s", c->name);
		text_add(&t->text, t->a, "%s%s\n", *c->operands ? " " : "", c->operands);
		add_plain(t, arena_printf(t->a, "%s:", c->summary));
		text_add(&t->text, t->a, ".Xr %s 1\n", manual_name(c, t->a));
	}
	text_add(&t->text, t->a, ".El\n");
}

char *manual_name(const struct verb *v, struct arena *a)
{
	return arena_printf(a, "ms%s%s-%s", v->of ? "-" : "", v->of ? v->of : "", v->name);
}

static void add_verb(struct page_text *t, const struct verb *v)
{
	const struct page *p = v->page;

	add_head(t, manual_name(v, t->a), v->summary);
	text_add(&t->text, t->a, ".Sh SYNOPSIS\n.Nm ms %s\n.Op Ar OPTION ...\n", verb_words(v, t->a));
	add_operands(t, v->operands);
	text_add(&t->text, t->a, ".Sh DESCRIPTION\n");
	add_paragraphs(t, p->about);
	if (p->commands)
		add_commands(t, p->commands);
	if (has_options(p->options)) {
		text_add(&t->text, t->a, ".Pp\nThe options are those of every verb, in\n.Xr ms 1 ,\nand:\n");
		add_options(t, p->options);
	} else {
		text_add(&t->text, t->a, ".Pp\nThe options are those of every verb, in\n.Xr ms 1 .\n");
	}
	if (p->json) {
		text_add(&t->text, t->a, ".Ss With \\-\\-json\n");
		add_paragraphs(t, p->json);
	}
	if (p->files) {
		text_add(&t->text, t->a, ".Sh FILES\n");
		add_paragraphs(t, p->files);
	}
	add_statuses(t, p->statuses);
	add_examples(t, p->examples);
	text_add(&t->text, t->a, ".Sh SEE ALSO\n.Xr ms 1");
	text_add(&t->text, t->a, v->of ? " ,\n.Xr ms-%s 1\n" : "\n", v->of);
}

static void add_verb_list(struct page_text *t)
{
	for (int group = 0; group < VERB_GROUP_COUNT; group++) {
		text_add(&t->text, t->a, ".Pp\nTo %s:\n.Bl -tag -width Ds\n", verb_group_title((enum verb_group)group));
		for (size_t i = 0; i < verb_count; i++)
			if ((int)verbs[i].group == group)
				text_add(&t->text, t->a, ".It Xr ms-%s 1\n%s\n", verbs[i].name, verbs[i].summary);
		text_add(&t->text, t->a, ".El\n");
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct verb *const *)a)->name, (*(const struct verb *const *)b)->name);
}

static void add_see_also(struct page_text *t)
{
	const struct verb **sorted = arena_array(t->a, const struct verb *, verb_count);

	for (size_t i = 0; i < verb_count; i++)
		sorted[i] = &verbs[i];
	qsort(sorted, verb_count, sizeof(*sorted), by_name);
	text_add(&t->text, t->a, ".Sh SEE ALSO\n");
	for (size_t i = 0; i < verb_count; i++)
		text_add(&t->text, t->a, ".Xr ms-%s 1%s\n", sorted[i]->name, i + 1 < verb_count ? " ," : "");
}

static void add_all(struct page_text *t)
{
	add_head(t, "ms", help_purpose);
	text_add(&t->text, t->a, ".Sh SYNOPSIS\n.Nm\n.Op Ar OPTION ...\n.Ar VERB\n.Op Ar OPERAND ...\n.Sh DESCRIPTION\n");
	add_paragraphs(t, help_about);
	add_verb_list(t);
	text_add(&t->text, t->a, ".Pp\nOptions stand before the verb or behind it; those of every verb are:\n");
	add_options(t, global_options);
	text_add(&t->text, t->a, ".Sh ENVIRONMENT\n");
	add_named(t, "Ev", help_environment);
	add_statuses(t, help_more_statuses);
	add_examples(t, help_examples);
	add_see_also(t);
}

char *manual_page(const struct verb *v, struct arena *a)
{
	struct page_text t = { .a = a };

	if (v)
		add_verb(&t, v);
	else
		add_all(&t);

	return t.text.at;
}

static int write_page(const char *folder, const struct verb *v, struct arena *a, struct err *e)
{
	const char *name = v ? arena_printf(a, "%s.1", manual_name(v, a)) : "ms.1";
	const char *text = manual_page(v, a);

	return file_update(path_join(a, folder, name), (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, a, NULL, e);
}

/* A verb's, and those of its commands. */
static int write_verb(const char *folder, const struct verb *v, struct arena *a, struct err *e)
{
	int rc = write_page(folder, v, a, e);

	for (const struct verb *c = v->page->commands; rc >= 0 && c && c->name; c++)
		rc = write_page(folder, c, a, e);
	return rc;
}

int manual_write(const char *folder, struct arena *a, struct err *e)
{
	int rc = file_make_folders(folder, a, e);

	if (rc == MS_OK)
		rc = write_page(folder, NULL, a, e);
	for (size_t i = 0; i < verb_count && rc == MS_OK; i++)
		rc = write_verb(folder, &verbs[i], a, e);

	return rc;
}
